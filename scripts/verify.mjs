import { runParts, tests } from './checks/run-parts.mjs';
import { findChromium } from './lib/chromium.mjs';

const chromium = findChromium();

await runParts([
  tests('processes killed, engines emptied, histories replayed', ['slow']),
  tests('the pages in a browser', ['browser'], chromium ? { CHROMIUM_PATH: chromium } : {}),
]);
