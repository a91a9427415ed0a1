import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const servers = ['records', 'workflows', 'api', 'platform', 'mail', 'replay', 'scripts', 'activities', 'worker'].map(
  (folder) => `tests/${folder}/**/*.test.ts`,
);
const slow = ['tests/chaos/**/*.test.ts', 'tests/**/*.slow.test.ts', 'tests/replay/live/**/*.test.ts'];
const browser = ['tests/e2e/**/*.test.ts'];

// A busy machine is no fault of the code: five seconds, the default, are not enough for a thousand generated cases there.
const inNode = { environment: 'node', pool: 'forks', unstubEnvs: true, testTimeout: 30_000 } as const;
// Files that follow each other in one process load the product once: a third of the time of `npm test`. What one of them
// puts in the product's place is taken back after each test. Not for the pages, whose modules keep what the open page
// knows (the language, whether the server answers).
const shared = { isolate: false, restoreMocks: true, unstubGlobals: true } as const;
const withServers = { globalSetup: ['tests/support/servers.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

// `npm test` runs domain, servers and web; `npm run verify` runs slow and browser. The project `domain` takes every test
// that no other project claims, so that no test file is left out of both.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...inNode,
          ...shared,
          name: 'domain',
          include: ['tests/**/*.test.ts'],
          exclude: [...servers, ...slow, ...browser],
        },
      },
      { test: { ...inNode, ...shared, ...withServers, name: 'servers', include: servers, exclude: slow } },
      {
        plugins: [react()],
        test: {
          name: 'web',
          include: ['web/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          pool: 'forks',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          ...inNode,
          ...withServers,
          name: 'slow',
          include: slow,
          exclude: browser,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...inNode,
          name: 'browser',
          include: browser,
          globalSetup: ['tests/e2e/running-product.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
