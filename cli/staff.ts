import { createPasswordLink } from '../platform/auth/password-link.ts';
import { endAccess } from '../platform/auth/end-access.ts';
import { listEmployed, setActive } from '../platform/records/staffing.ts';
import { loadRegulations } from '../platform/regulations/load.ts';
import { getPerson } from './find-person.ts';
import { makeOffice, OfficeFault } from './make-office.ts';
import { linksOf, runOfficeCommand, type OfficeDeps } from './office-command.ts';
import { idOfPart } from './office-id.ts';
import { readAddition } from './office-file.ts';
import { askAtTerminal, leave, type Ask } from './staff-leave.ts';
import { placeOf, staffTable } from './staff-words.ts';

const usage = 'kurator staff add ФАЙЛ|- | link АДРЕС | leave АДРЕС [--yes] | return АДРЕС | list УЧРЕЖДЕНИЕ\n';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * `kurator staff add FILE|-`, `link`, `leave`, `return EMAIL` and `list INSTITUTION`, beside the records: 0; 1 when it was
 * refused; 2 when the input is at fault. `ask`: whoever answers for what cannot be asked twice.
 */
export async function staffCommand(
  [word, argument, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  ask: Ask = askAtTerminal,
): Promise<number> {
  const sure = word === 'leave' && rest.length === 1 && rest[0] === '--yes';
  if (argument !== undefined && !argument.startsWith('--') && (rest.length === 0 || sure)) {
    if (word === 'add') return runOfficeCommand(env, (deps) => add(deps, argument));
    if (word === 'link') return runOfficeCommand(env, (deps) => link(deps, argument));
    if (word === 'leave') return runOfficeCommand(env, (deps) => leave(deps, argument, { sure, ask }));
    if (word === 'return') return runOfficeCommand(env, (deps) => comeBack(deps, argument));
    if (word === 'list') return runOfficeCommand(env, (deps) => list(deps, argument));
  }
  process.stderr.write(usage);
  return 2;
}

async function add(deps: OfficeDeps, file: string): Promise<string> {
  const offices = await listOffices(deps.db);
  const find = (institution: string) => getOffice(offices, institution);
  const agencies = await deps.db.inSystemScope((tx) =>
    tx.agency.findMany({ select: { code: true, institutionId: true } }),
  );
  const regulations = [...loadRegulations().values()];
  const addition = readAddition(file, (institution) => {
    const { id, regulation } = find(institution);
    return {
      agencies: agencies.filter(({ institutionId }) => institutionId === id),
      bodies: regulations.filter((one) => one.id === regulation).flatMap(({ bodies }) => Object.keys(bodies)),
    };
  });
  const { id, name } = find(addition.institution);
  const people = await makeOffice(deps, { institutionId: id, agencies: addition.agencies, staff: addition.staff });
  return (
    `Добавлено в учреждение / added to the institution ${name}: ${people.length} чел. / people, ${addition.agencies.length} ведомств / agencies\n` +
    linksOf(people, deps.settings.publicUrl)
  );
}

/** For a password that was forgotten, or a link that has run out. What was valid before stays so until the link is used. */
async function link(deps: OfficeDeps, given: string): Promise<string> {
  const { person, userId } = await getPerson(deps, given);
  if (!person.active)
    throw new OfficeFault(
      `${person.name} (${person.email}) уже не работает; вернуть: kurator staff return ${person.email} / ` +
        `has left; kurator staff return ${person.email} brings him back`,
    );
  return linkFor(deps, person, userId);
}

/** Somebody who left works here again, as what he was; by a new link alone, for what opened the account is gone. */
async function comeBack(deps: OfficeDeps, given: string): Promise<string> {
  const { person, userId, institution } = await getPerson(deps, given);
  if (person.active)
    throw new OfficeFault(
      `${person.name} (${person.email}) и так работает; новую ссылку даёт kurator staff link / works here; kurator staff link makes a new link`,
    );
  await endAccess(deps.auth, userId);
  await deps.db.inScope({ institutionId: institution.id }, (tx) => setActive(tx, person.id, true));
  const cases =
    person.cases === 0 ? '' : `За ним снова дела в работе, ${person.cases} / his again, live cases: ${person.cases}\n`;
  return `Снова работает / works again: ${person.name}, ${placeOf(person)}, ${institution.name}\n${cases}${await linkFor(deps, person, userId)}`;
}

const linkFor = async (
  { auth, settings, now }: OfficeDeps,
  { email, role }: { email: string; role: string },
  userId: string,
): Promise<string> =>
  linksOf([{ email, role, link: await createPasswordLink(auth, userId, now()) }], settings.publicUrl);

async function list({ db }: OfficeDeps, institution: string): Promise<string> {
  const { id } = getOffice(await listOffices(db), institution);
  return staffTable(await db.inSnapshot({ institutionId: id }, listEmployed));
}

const listOffices = (db: OfficeDeps['db']) =>
  db.inSystemScope((tx) => tx.institution.findMany({ select: { id: true, name: true, regulation: true } }));

/** The institution meant by a code or an id. @throws OfficeFault */
function getOffice(offices: Awaited<ReturnType<typeof listOffices>>, institution: string) {
  const id = uuid.test(institution) ? institution.toLowerCase() : idOfPart(institution, 'institution');
  const found = offices.find((one) => one.id === id);
  if (found) return found;
  throw new OfficeFault(
    `Учреждения «${institution}» нет, ничего не сделано; все показывает kurator institution list / ` +
      `there is no institution "${institution}", nothing was done; kurator institution list shows all of them`,
  );
}
