import { createInterface } from 'node:readline/promises';
import { endAccess } from '../platform/auth/end-access.ts';
import { setActive, type Employed } from '../platform/records/staffing.ts';
import { getPerson } from './find-person.ts';
import { OfficeFault } from './make-office.ts';
import type { OfficeDeps } from './office-command.ts';
import { placeOf } from './staff-words.ts';

/** Asks the one at the screen; without a terminal nobody can answer. */
export type Ask = ((question: string) => Promise<string>) | null;

export const askAtTerminal: Ask = process.stdin.isTTY
  ? async (question) => {
      const screen = createInterface({ input: process.stdin, output: process.stdout });
      try {
        return await screen.question(question);
      } finally {
        screen.close();
      }
    }
  : null;

/**
 * Somebody leaves: shown first with what becomes of it, then asked. He is out at once; what he did stays his, and
 * his cases wait for another curator. @throws OfficeFault when nothing was done
 */
export async function leave(
  deps: OfficeDeps,
  email: string,
  { sure, ask }: { sure: boolean; ask: Ask },
): Promise<string> {
  const { person, userId, institution, staff } = await getPerson(deps, email);
  if (!person.active) {
    // A run that was killed halfway may have left him a way in that leads nowhere.
    await endAccess(deps.auth, userId);
    throw new OfficeFault(
      `${person.name} (${person.email}) уже не работает; вернуть: kurator staff return ${person.email} / ` +
        `has left already; kurator staff return ${person.email} brings him back`,
    );
  }
  process.stdout.write(`${[headOf(person, institution.name), ...effectsOf(person, staff)].join('\n')}\n`);
  if (!sure && !(await isAgreed(ask)))
    throw new OfficeFault(
      ask === null
        ? 'Ничего не сделано: некому ответить. Если всё верно, добавьте --yes / nothing was done: nobody is here to answer; add --yes'
        : 'Ничего не сделано / nothing was done',
    );
  // The records first: from here on each of his requests is refused, whatever happens to this process.
  const changed = await deps.db.inScope({ institutionId: institution.id }, (tx) => setActive(tx, person.id, false));
  await endAccess(deps.auth, userId);
  if (!changed)
    throw new OfficeFault('Его уход отмечен в это же мгновение другим / somebody else did the same at this moment');
  return 'Сделано: вход закрыт, начатые сеансы и неиспользованные ссылки отменены / done: he is out\n';
}

async function isAgreed(ask: Ask): Promise<boolean> {
  if (ask === null) return false;
  const answer = await ask('Отметить уход? да/нет / does he leave? yes/no: ');
  return ['да', 'д', 'yes', 'y'].includes(answer.trim().toLowerCase());
}

const headOf = (person: Employed, institution: string): string =>
  `Уходит / leaves: ${person.name}, ${placeOf(person)}, ${person.email}\n${institution}`;

/** What the leaving brings, in the order of its weight; each place that nobody would hold is told. */
function effectsOf(person: Employed, staff: readonly Employed[]): string[] {
  const others = staff.filter(({ id, active }) => active && id !== person.id);
  const cases =
    person.cases === 0
      ? '  дел в работе за ним нет / no live case is his'
      : `  дел в работе за ним: ${person.cases}. Они встанут в список «без куратора»; их напоминания пойдут заведующим, пока не назначен другой / ` +
        `live cases of his: ${person.cases}; they will be listed without a curator, and their reminders go to the heads until another is assigned`;
  return [cases, ...holesOf(person, others).map((hole) => `  ВНИМАНИЕ: ${hole}`)];
}

function holesOf(person: Employed, others: readonly Employed[]): string[] {
  const same = others.filter(({ role }) => role === person.role);
  switch (person.role) {
    case 'curator':
      return same.length > 0 ? [] : ['кураторов не останется / no curator is left'];
    case 'head': {
      if (same.length === 0)
        return [
          'это последний заведующий: напоминания по делам без куратора и сообщения о просрочке не получит никто, назначить куратора будет некому / the last head: nobody would get what goes to heads, and nobody could assign a curator',
        ];
      const heads = same.some(({ department }) => department === null || department === person.department);
      return heads || person.department === null
        ? []
        : [
            `у отделения «${person.department}» не останется заведующего: пока его нет, дела отделения видят и получают напоминания по ним все заведующие / no head is left to the department "${person.department}": until there is one, every head looks after its cases and gets their reminders`,
          ];
    }
    case 'secretary':
      return same.some(({ body }) => body === person.body)
        ? []
        : [
            `у органа «${person.body ?? '—'}» не останется секретаря: его напоминания не получит никто / the body "${person.body ?? '—'}" is left without a secretary: nobody would get its reminders`,
          ];
    case 'agencyOfficer':
      return same.some(({ agency }) => agency?.code === person.agency?.code)
        ? []
        : [
            `у ведомства «${person.agency?.code ?? '—'}» не останется сотрудника со входом; письма со ссылкой уходят на адрес самого ведомства, как и прежде / the agency "${person.agency?.code ?? '—'}" is left without anybody who signs in; mails with links go to its own address as before`,
          ];
    case 'deputyDirector':
      return same.length > 0
        ? []
        : [
            'это последний заместитель директора: сообщения о просрочке ему не получит никто / the last deputy director: nobody would get what is escalated to him',
          ];
    case 'administrator':
      return same.length > 0 ? [] : ['администратора не останется / no administrator is left'];
  }
}
