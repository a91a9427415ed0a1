import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { restoreBackup } from './lib/backup.mjs';
import { readEnvFile } from './lib/env-file.mjs';
import { Fault } from './lib/process.mjs';
import { ownVersions } from './start/data-folder.mjs';

// `npm run restore -- FOLDER [--replace] [--only records|engine]`: the other direction of `npm run backup`.
const root = fileURLToPath(new URL('..', import.meta.url));
const usage = 'Name the backup: npm run restore -- FOLDER [--replace] [--only records|engine]';

const readArguments = () => {
  try {
    return parseArgs({ allowPositionals: true, options: { replace: { type: 'boolean' }, only: { type: 'string' } } });
  } catch {
    throw new Fault(usage);
  }
};

try {
  const { positionals, values } = readArguments();
  const [backup] = positionals;
  if (!backup || (values.only !== undefined && !['records', 'engine'].includes(values.only))) throw new Fault(usage);
  const { values: env } = readEnvFile(join(root, '.env'), '.env');
  const data = resolve(root, { ...env, ...process.env }.KURATOR_DATA || '.kurator');
  const { madeAt, kept } = await restoreBackup({
    ...{ backup: resolve(backup), data, replace: values.replace ?? false, versions: ownVersions },
    ...(values.only && { only: values.only }),
  });
  console.log(
    `${data}: ${values.only ?? 'everything'} as of ${madeAt}.${kept ? `\nWhat was there lies in ${kept}; remove it when you are sure.` : ''}\nThe next start brings records and engine together, and names what differed.`,
  );
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
