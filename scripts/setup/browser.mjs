import { findChromium, installChromium } from '../lib/chromium.mjs';
import { Fault } from '../lib/process.mjs';

/** A browser for the browser tests. */
export const browser = {
  name: 'a browser for the tests',
  lasts: 'up to 2 minutes',
  modes: ['verify'],
  isDone: async () => Boolean(findChromium()),
  async run({ log }) {
    if (await installChromium(log)) return;
    const sentence =
      'No browser was found: put "chromium" on PATH, or set CHROMIUM_PATH to a Chromium, and the browser tests will run.';
    if (process.env.CI === 'true') throw new Fault(sentence);
    log(sentence);
  },
};
