import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { typed } from '../domain/commands/typed-text.ts';
import { isZone } from '../domain/calendar/zone.ts';
import type { Regulation } from '../domain/regulation/regulation.ts';
import { readYaml, type Path } from '../platform/regulations/read-yaml.ts';
import { Code, Hours, OfficeAgency, OfficePerson } from './office.ts';

const parts = { agencies: z.array(OfficeAgency).default([]), staff: z.array(OfficePerson).default([]) };

const NewInstitution = z.strictObject({
  institution: z.strictObject({
    code: Code,
    name: typed(z.string().trim().min(1), 'line'),
    zone: z.string(),
    regulation: z.string(),
    hours: Hours.default({ opens: '09:00', closes: '18:00', remindAt: '09:00' }),
  }),
  ...parts,
});
export type NewInstitution = z.infer<typeof NewInstitution>;

const Addition = z.strictObject({ institution: z.union([Code, z.uuid()]), ...parts });
export type Addition = z.infer<typeof Addition>;

/** What is wrong with a file, each fault `file:line: sentence`. */
export class OfficeFileFault extends Error {
  override readonly name = 'OfficeFileFault';
}

type Say = (path: Path, sentence: string) => void;

/** A new institution with its agencies and people. `-`: the standard input. @throws OfficeFileFault */
export function readNewInstitution(file: string, regulations: readonly Regulation[]): NewInstitution {
  return read(file, NewInstitution, (office, say) => {
    const { zone, regulation } = office.institution;
    if (!isZone(zone))
      say(
        ['institution', 'zone'],
        `нет часового пояса «${zone}» / no time zone "${zone}": Europe/Moscow, Asia/Yekaterinburg …`,
      );
    const known = regulations.filter(({ id }) => id === regulation);
    if (known.length === 0) {
      const ids = [...new Set(regulations.map(({ id }) => id))].join(', ');
      say(
        ['institution', 'regulation'],
        `нет регламента «${regulation}», есть: ${ids} / no regulation "${regulation}", there are: ${ids}`,
      );
    }
    if (!office.staff.some(({ role }) => role === 'administrator'))
      say(
        ['staff'],
        'нужен хотя бы один сотрудник с ролью administrator / at least one person must be its administrator',
      );
    checkPeople(office, { agencies: office.agencies, bodies: known.flatMap(({ bodies }) => Object.keys(bodies)) }, say);
  });
}

/** People and agencies for an institution that is there. `-`: the standard input. @throws OfficeFileFault */
export function readAddition(
  file: string,
  known: (institution: string) => { agencies: readonly { code: string }[]; bodies: readonly string[] },
): Addition {
  return read(file, Addition, (office, say) => {
    const { agencies, bodies } = known(office.institution);
    checkPeople(office, { agencies: [...agencies, ...office.agencies], bodies }, say);
    if (office.staff.length + office.agencies.length === 0)
      say([], 'в файле нет ни сотрудников (staff), ни ведомств (agencies) / the file names neither staff nor agencies');
  });
}

function read<T>(file: string, schema: z.ZodType<T>, check: (office: T, say: Say) => void): T {
  const name = file === '-' ? 'stdin' : file;
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw new OfficeFileFault(`${name}: файл не читается / cannot be read`);
  }
  const { data, line, faults } = readYaml(text, name);
  const say: Say = (path, sentence) => void faults.push(`${name}:${line(path)}: ${sentence}`);
  const parsed = faults.length > 0 ? undefined : schema.safeParse(data, { error: inBoth });
  for (const { path, message } of parsed?.error?.issues ?? []) {
    const at = path.filter((part) => typeof part !== 'symbol');
    say(at, `${at.join('.') || 'файл / the file'}: ${message}`);
  }
  if (parsed?.success) check(parsed.data, say);
  if (faults.length > 0 || !parsed?.success) throw new OfficeFileFault(faults.join('\n'));
  return parsed.data;
}

const [ru, en] = [z.locales.ru().localeError, z.locales.en().localeError];
const wordsOf = (one: ReturnType<typeof ru>): string => (typeof one === 'string' ? one : (one?.message ?? ''));
const inBoth: typeof ru = (issue) => `${wordsOf(ru(issue))} / ${wordsOf(en(issue))}`;

/** What no schema says: who needs what, and nobody twice. */
function checkPeople(
  { staff, agencies }: { staff: readonly OfficePerson[]; agencies: readonly OfficeAgency[] },
  known: { agencies: readonly { code: string }[]; bodies: readonly string[] },
  say: Say,
): void {
  const codes = known.agencies.map(({ code }) => code);
  for (const [index, { code }] of agencies.entries())
    if (codes.indexOf(code) !== codes.lastIndexOf(code))
      say(
        ['agencies', index],
        `ведомство «${code}» названо дважды или уже есть / the agency "${code}" is named twice or there already`,
      );
  const emails = staff.map(({ email }) => email.toLowerCase());
  for (const [index, { role, body, agency }] of staff.entries()) {
    const at = ['staff', index];
    if (emails.indexOf(emails[index] as string) !== index)
      say([...at, 'email'], 'этот адрес уже назван выше / this address is named above already');
    if ((role === 'secretary') !== (body !== undefined) || (body !== undefined && !known.bodies.includes(body)))
      say(
        at,
        `у секретаря, и только у него, есть body: ${known.bodies.join(', ')} / a secretary, and nobody else, has a body: ${known.bodies.join(', ')}`,
      );
    if ((role === 'agencyOfficer') !== (agency !== undefined) || (agency !== undefined && !codes.includes(agency)))
      say(
        at,
        `у сотрудника ведомства, и только у него, есть agency: ${codes.join(', ')} / an officer of an agency, and nobody else, has an agency: ${codes.join(', ')}`,
      );
  }
}
