import { createPasswordLink } from '../platform/auth/password-link.ts';
import { loadRegulations } from '../platform/regulations/load.ts';
import { makeOffice, OfficeFault } from './make-office.ts';
import { linksOf, runOfficeCommand, type OfficeDeps } from './office-command.ts';
import { idOfPart } from './office-id.ts';
import { readAddition } from './office-file.ts';

const usage = 'kurator staff add ФАЙЛ|- | link АДРЕС\n';
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `kurator staff add FILE|-` and `link EMAIL`, beside the records: 0; 1 when it was refused; 2 when the input is at fault. */
export async function staffCommand(
  [word, argument, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  if (argument !== undefined && rest.length === 0) {
    if (word === 'add') return runOfficeCommand(env, (deps) => add(deps, argument));
    if (word === 'link') return runOfficeCommand(env, (deps) => link(deps, argument));
  }
  process.stderr.write(usage);
  return 2;
}

async function add(deps: OfficeDeps, file: string): Promise<string> {
  const offices = await deps.db.inSystemScope((tx) =>
    tx.institution.findMany({ select: { id: true, name: true, regulation: true } }),
  );
  const find = (institution: string) => {
    const id = uuid.test(institution) ? institution.toLowerCase() : idOfPart(institution, 'institution');
    const found = offices.find((one) => one.id === id);
    if (found) return found;
    throw new OfficeFault(
      `Учреждения «${institution}» нет, ничего не сделано; все показывает kurator institution list / ` +
        `there is no institution "${institution}", nothing was done; kurator institution list shows all of them`,
    );
  };
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
async function link({ auth, db, settings, now }: OfficeDeps, given: string): Promise<string> {
  const email = given.toLowerCase();
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findUserByEmail(email);
  const person =
    found &&
    (await db.inSystemScope((tx) =>
      tx.staff.findFirst({ where: { userId: found.user.id, active: true }, select: { role: true } }),
    ));
  if (!found || !person)
    throw new OfficeFault(`С адресом ${email} никто не работает / nobody of the staff has the address ${email}`);
  return linksOf(
    [{ email, role: person.role, link: await createPasswordLink(auth, found.user.id, now()) }],
    settings.publicUrl,
  );
}
