import { loadRegulations } from '../platform/regulations/load.ts';
import { idOfPart } from './office-id.ts';
import { linksOf, runOfficeCommand } from './office-command.ts';
import { readNewInstitution } from './office-file.ts';
import { makeOffice } from './make-office.ts';

const usage = 'kurator institution add ФАЙЛ|- | list\n';

/** `kurator institution add FILE|-` and `list`, beside the records: 0; 1 when it was refused; 2 when the input is at fault. */
export async function institutionCommand(
  [word, file, ...rest]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  if (word === 'add' && file !== undefined && rest.length === 0)
    return runOfficeCommand(env, async (deps) => {
      const { institution, agencies, staff } = readNewInstitution(file, [...loadRegulations().values()]);
      const { code, ...row } = institution;
      const institutionId = idOfPart(code, 'institution');
      const people = await makeOffice(deps, { institutionId, institution: row, agencies, staff });
      return (
        `Учреждение создано / the institution is made: ${row.name}, ${code} (${institutionId})\n` +
        linksOf(people, deps.settings.publicUrl)
      );
    });
  if (word === 'list' && file === undefined)
    return runOfficeCommand(env, async ({ db }) => {
      const rows = await db.inSystemScope((tx) =>
        tx.institution.findMany({
          select: { id: true, name: true, zone: true, regulation: true },
          orderBy: { createdAt: 'asc' },
        }),
      );
      return rows.map(({ id, name, zone, regulation }) => `${id}  ${name}, ${zone}, ${regulation}\n`).join('');
    });
  process.stderr.write(usage);
  return 2;
}
