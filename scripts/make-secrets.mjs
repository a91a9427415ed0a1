import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// The secrets of the server mode, one file each (docker-compose.yml, "secrets"). Made once: what stands there is kept,
// because without the key the families' names can never be read again.
const folder = resolve(process.argv[2] ?? 'secrets');

const password = () => randomBytes(24).toString('base64url');
const secrets = {
  owner_password: password,
  app_password: password,
  system_password: password,
  auth_password: password,
  engine_password: password,
  kurator_key: () => randomBytes(32).toString('base64'),
  auth_secret: () => randomBytes(32).toString('base64'),
  // The mail catcher of a trial. Without it mails wait, and are not lost.
  smtp_url: () => 'smtp://mail:1025',
};

// The folder is closed; the files are readable, because the processes in the containers run as users of their own.
mkdirSync(folder, { recursive: true, mode: 0o700 });
const missing = Object.entries(secrets).filter(([name]) => !existsSync(join(folder, name)));
for (const [name, make] of missing) writeFileSync(join(folder, name), make(), { mode: 0o444, flag: 'wx' });
console.log(
  missing.length === 0
    ? `${folder}: every secret is there`
    : `${folder}: made ${missing.map(([name]) => name).join(', ')}. Keep a copy apart from the backups of the records.`,
);
