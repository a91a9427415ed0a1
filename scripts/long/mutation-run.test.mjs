import { test } from 'vitest';

// What vitest is started with where `mutation-runner.mjs` does the work: it needs a file of its own to begin.
test('the changes are tried before this', () => undefined);
