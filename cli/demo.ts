import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createAuth } from '../platform/auth/auth.ts';
import { ConfigError, loadConfig, type Config } from '../platform/config/config.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { loadRegulations } from '../platform/regulations/load.ts';
import { makeDemoFamilies } from './demo-families.ts';
import { readForeign } from './demo-foreign.ts';
import { readOffices, type Office } from './demo-office.ts';
import { seedInstitution } from './demo-seed.ts';
import { findOrTell, findRecords } from './records-settings.ts';

/** `kurator demo [logins|reset]`, and `foreign` for the reset; 0; 2 for an unknown word; 78 when the settings are at fault. */
export async function demoCommand([word, ...rest]: readonly string[]): Promise<number> {
  if (word === undefined) return makeDemo();
  if (word === 'logins' && rest.length === 0) {
    process.stdout.write(allLogins(await readDemo()));
    return 0;
  }
  if (word === 'foreign' && rest.length === 0) return tellForeign();
  if (word === 'reset' && rest.every((option) => option === '--yes')) return reset(rest);
  process.stderr.write('kurator demo [logins | reset [--yes]]\n');
  return 2;
}

const readDemo = (): Promise<Office[]> => readOffices(new Set([...loadRegulations().values()].map(({ id }) => id)));

/** The demo's offices by the records, their families through the running API. */
async function makeDemo(): Promise<number> {
  const config = readConfig();
  if (typeof config === 'string') {
    process.stderr.write(`${config}\n`);
    return 78;
  }
  const began = Date.now();
  const offices = await readDemo();
  await seed(config, offices);
  const seeded = Date.now();
  const baseUrl = `http://127.0.0.1:${config.port}`;
  const families = await Promise.all(offices.map((office) => makeDemoFamilies(baseUrl, office)));
  // A family that the product did not take must not keep the rest of it from starting: it is told, and the start goes on.
  for (const fault of families.flatMap(({ faults }) => faults))
    process.stdout.write(`Demo family left out / учебная семья пропущена: ${fault}\n`);
  const count = families.reduce((sum, { made }) => sum + made.length, 0);
  const seconds = (since: number, until: number): string => ((until - since) / 1000).toFixed(1);
  process.stdout.write(
    `${loginTable(offices[0])}\n${count} families in ${offices.length} institutions ` +
      `(made in ${seconds(began, Date.now())} s, ${seconds(began, seeded)} s of it for the accounts).\n` +
      'All logins: npx kurator demo logins. Everything anew: npx kurator demo reset.\n',
  );
  return 0;
}

async function seed(config: Config, offices: readonly Office[]): Promise<void> {
  const db = createDatabase(config.database);
  const { auth, close } = createAuth({
    authUrl: config.database.authUrl,
    secret: config.authSecret,
    publicUrl: config.publicUrl,
  });
  try {
    for (const office of offices) await seedInstitution({ db, auth }, office);
  } finally {
    await Promise.all([close(), db.close()]);
  }
}

/** What is in the records of this machine that the demo did not bring, as JSON. */
async function tellForeign(): Promise<number> {
  const settings = findOrTell(findRecords, process.env);
  if (settings === null) return 78;
  const db = createDatabase({ ...settings, connections: 2 });
  try {
    process.stdout.write(`${JSON.stringify(await readForeign(db, await readDemo()))}\n`);
    return 0;
  } finally {
    await db.close();
  }
}

/** Removing a data folder is the start's own business: it knows the folder, and whether something runs in it. */
const reset = (options: readonly string[]): Promise<number> =>
  new Promise((done, fail) => {
    const script = fileURLToPath(new URL('../scripts/demo-reset.mjs', import.meta.url));
    const child = spawn(process.execPath, [script, ...options], { stdio: 'inherit' });
    child.once('error', fail);
    child.once('close', (code) => done(code ?? 1));
  });

/** One login for each role, two where a body has its own secretary: what one needs to look around. */
function loginTable(office: Office | undefined): string {
  if (!office) return 'Demo logins: none, since no regulation of the demo is published.';
  const shown = office.staff.filter(
    (person, index) =>
      person.role !== 'curator' || office.staff.findIndex(({ role }) => role === person.role) === index,
  );
  return `Demo logins (password ${office.password}):\n${linesOf(shown)}`;
}

const allLogins = (offices: readonly Office[]): string =>
  offices
    .map(
      ({ institution, password, staff }) =>
        `${institution.name}, ${institution.zone}, ${institution.regulations.join(', ')} (password ${password}):\n${linesOf(staff)}\n`,
    )
    .join('\n');

function linesOf(staff: Office['staff']): string {
  const widest = Math.max(...staff.map(({ email }) => email.length));
  return staff.map(({ email, role, name }) => `  ${email.padEnd(widest)}  ${role}, ${name}`).join('\n');
}

function readConfig(): Config | string {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
