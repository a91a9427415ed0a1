import { fileURLToPath } from 'node:url';
import { apiRequests } from './checks/api-requests.mjs';
import { runParts, tests } from './checks/run-parts.mjs';
import { slowParts } from './checks/slow-parts.mjs';
import { findChromium } from './lib/chromium.mjs';

const chromium = findChromium();
const inBrowser = 'the pages in a browser';
const parts = slowParts();
parts.push(apiRequests(fileURLToPath(new URL('..', import.meta.url))));

// The set-up has refused to go on without a browser where CI=true.
if (chromium) parts.push(tests(inBrowser, ['browser'], { CHROMIUM_PATH: chromium }));
else console.log(`${inBrowser}: NOT RUN, no browser was found (docs/operations.md, Checks)`);

await runParts(parts);
