import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isMadeFrom, remember } from '../lib/inputs.mjs';
import { Fault } from '../lib/process.mjs';
import { runCommand } from '../lib/run-command.mjs';

const inputs = (root) =>
  hashOf(
    ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'].map((path) => join(root, path)),
  );
const folder = (root) => join(root, 'platform', 'database', 'generated');
const stamp = (root) => join(folder(root), '.made-from');

/** The typed client of the records. */
export const prismaClient = {
  name: "the records' typed client",
  lasts: 'a few seconds',
  isDone: ({ root }) => isMadeFrom(stamp(root), inputs(root)) && existsSync(join(folder(root), 'client.ts')),
  async run({ root }) {
    await runCommand(
      'The client of the records could not be generated',
      process.execPath,
      [join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'],
      {
        cwd: root,
        env: {
          // `generate` would download an engine that it never uses; any existing file satisfies it. Never set this for
          // `migrate`, which would apply nothing and report success.
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          CHECKPOINT_DISABLE: '1',
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
        },
      },
    );
    if (!existsSync(join(folder(root), 'client.ts')))
      throw new Fault(
        'The client of the records is missing though "prisma generate" reported success: run "npm ci", then again.',
      );
    remember(stamp(root), inputs(root));
  },
};
