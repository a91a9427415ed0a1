import { createAuth } from '../platform/auth/auth.ts';
import { ConfigError, loadConfig, type Config } from '../platform/config/config.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { makeDemoFamilies } from './demo-families.ts';
import { readOffice } from './demo-office.ts';
import { seedInstitution, type SeededInstitution } from './demo-seed.ts';

/** `kurator demo`: the demo office by the records, its families through the running API. 78 when the settings are at fault. */
export async function demoCommand(): Promise<number> {
  const config = readConfig();
  if (typeof config === 'string') {
    process.stderr.write(`${config}\n`);
    return 78;
  }
  const office = await readOffice();
  const { logins } = await seed(config, office);
  const { faults } = await makeDemoFamilies(`http://127.0.0.1:${config.port}`, office);
  // A family that the product did not take must not keep the rest of it from starting: it is told, and the start goes on.
  for (const fault of faults) process.stdout.write(`Demo family left out / учебная семья пропущена: ${fault}\n`);
  process.stdout.write(loginTable(logins));
  return 0;
}

async function seed(config: Config, office: Awaited<ReturnType<typeof readOffice>>): Promise<SeededInstitution> {
  const db = createDatabase(config.database);
  const { auth, close } = createAuth({
    authUrl: config.database.authUrl,
    secret: config.authSecret,
    publicUrl: config.publicUrl,
  });
  try {
    return await seedInstitution({ db, auth }, office);
  } finally {
    await Promise.all([close(), db.close()]);
  }
}

function loginTable(logins: SeededInstitution['logins']): string {
  const widest = Math.max(...logins.map(({ email }) => email.length));
  const lines = logins.map(({ email, role, name }) => `  ${email.padEnd(widest)}  ${role}, ${name}`);
  return `Demo logins (password ${logins[0]?.password ?? ''}):\n${lines.join('\n')}\n`;
}

function readConfig(): Config | string {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
