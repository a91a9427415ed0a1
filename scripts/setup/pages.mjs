import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, isMadeFrom, remember } from '../lib/inputs.mjs';
import { runCommand } from '../lib/run-command.mjs';

const of = (root, paths) => hashOf(paths.map((path) => join(root, path)));

const contract = (root) => of(root, ['api', 'domain', 'workflows', 'package-lock.json']);
const types = (root) => join(root, 'web', 'lib', 'api-types.ts');
const typesStamp = (root) => join(root, '.cache', 'api-types');

/** TypeScript types of the API for the pages, written from its own description. The build drops them, so only checks need them. */
export const apiTypes = {
  name: "the API's types for the pages",
  lasts: 'a few seconds',
  modes: ['test', 'verify'],
  isDone: ({ root }) => existsSync(types(root)) && isMadeFrom(typesStamp(root), contract(root)),
  async run({ root }) {
    const document = join(root, '.cache', 'openapi.json');
    const node = (what, args) => runCommand(what, process.execPath, args, { cwd: root });
    await node("The API's description could not be written", ['--import', 'tsx', 'api/openapi.ts', document]);
    const generator = join(root, 'node_modules', 'openapi-typescript', 'bin', 'cli.js');
    await node("The API's types could not be written", [generator, document, '-o', types(root)]);
    remember(typesStamp(root), contract(root));
  },
};

const sources = (root) => of(root, ['web', 'domain', 'package-lock.json']);
const pagesStamp = (root) => join(root, 'web', 'dist', '.made-from');

/** The pages, built. */
export const pages = {
  name: 'the pages',
  lasts: 'about 10 seconds',
  isDone: ({ root }) => isMadeFrom(pagesStamp(root), sources(root)),
  async run({ root }) {
    const hash = sources(root);
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    await runCommand(
      'The pages could not be built',
      process.execPath,
      [vite, 'build', '--config', 'web/vite.config.ts'],
      {
        cwd: root,
        env: { NODE_ENV: 'production' },
      },
    );
    remember(pagesStamp(root), hash);
  },
};
