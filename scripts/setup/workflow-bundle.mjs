import { runCommand } from '../lib/run-command.mjs';

/** The workflows' bundle, which a worker else makes at its first start. */
export const workflowBundle = {
  name: 'the bundle of the workflows',
  lasts: 'a few seconds',
  // It knows its own sources.
  isDone: () => false,
  async run({ root }) {
    const args = ['--import', 'tsx', 'worker/bundle-main.ts'];
    await runCommand('The workflows could not be bundled', process.execPath, args, { cwd: root });
  },
};
