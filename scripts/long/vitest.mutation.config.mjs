import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['scripts/long/mutation-run.test.mjs'],
    runner: 'scripts/long/mutation-runner.mjs',
    pool: 'forks',
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    testTimeout: 30_000,
    teardownTimeout: 1_000,
  },
});
