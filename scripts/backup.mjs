import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeBackup } from './lib/backup.mjs';
import { readEnvFile } from './lib/env-file.mjs';
import { Fault } from './lib/process.mjs';

// `npm run backup -- FOLDER`: a copy of the embedded mode's data folder, while it is stopped.
const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const [target] = process.argv.slice(2);
  if (!target) throw new Fault('Name the folder of the backup: npm run backup -- FOLDER');
  const { values } = readEnvFile(join(root, '.env'), '.env');
  const data = resolve(root, { ...values, ...process.env }.KURATOR_DATA || '.kurator');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { files, bytes } = await makeBackup({ data, target: resolve(target), version });
  console.log(
    `${resolve(target)}: ${files} files, ${(bytes / 1e6).toFixed(1)} MB, each with its checksum.\nIt holds the key that opens the families' names: keep it where nobody else can read it.`,
  );
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
