/** Path of a Chromium for the browser tests: CHROMIUM_PATH, PATH, Playwright's own download. */
export function findChromium(): string | undefined;
