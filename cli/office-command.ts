import { createAuth } from '../platform/auth/auth.ts';
import { passwordLinkUrl } from '../platform/auth/password-link.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { RegulationError } from '../domain/regulation/parse.ts';
import type { makeOffice } from './make-office.ts';
import { OfficeFault, type MadePerson } from './make-office.ts';
import { OfficeFileFault } from './office-file.ts';
import { findOffice, findOrTell, type OfficeSettings } from './records-settings.ts';

export type OfficeDeps = Parameters<typeof makeOffice>[0] & { settings: OfficeSettings };

/**
 * Runs what makes institutions and people, beside the records. 0; 1 when it was refused, in one sentence each and with
 * nothing done; 2 when the input is at fault.
 */
export async function runOfficeCommand(
  env: NodeJS.ProcessEnv,
  run: (deps: OfficeDeps) => Promise<string>,
): Promise<number> {
  const settings = findOrTell(findOffice, env);
  if (settings === null) return 1;
  const db = createDatabase({ ...settings, connections: 2 });
  const { authUrl, authSecret, publicUrl } = settings;
  const { auth, close } = createAuth({ authUrl, secret: authSecret, publicUrl });
  try {
    process.stdout.write(await run({ db, auth, settings, now: () => new Date() }));
    return 0;
  } catch (error) {
    const told = [OfficeFault, OfficeFileFault, RegulationError].some((kind) => error instanceof kind);
    if (!told) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    return error instanceof OfficeFault ? 1 : 2;
  } finally {
    await Promise.allSettled([db.close(), close()]);
  }
}

/** The links, for the one who hands them over: they stand on his screen and nowhere else. */
export function linksOf(people: readonly MadePerson[], publicUrl: string): string {
  const [first] = people;
  if (!first) return '';
  const lines = people.map(
    ({ email, role, link }) => `  ${email}  ${role}\n    ${passwordLinkUrl(publicUrl, link.token)}\n`,
  );
  return (
    `По ссылке человек задаёт себе пароль: один раз, до ${first.link.until.toISOString()}. Передайте каждому только его ссылку.\n` +
    `By the link a person sets a password: once, until then. Hand to each only his own.\n${lines.join('')}`
  );
}
