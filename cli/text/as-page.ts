import { clauseWords } from '../../domain/case/clause-words.ts';
import type { Duty, DutyState } from '../../domain/case/duty.ts';
import { dayWords } from '../../domain/case/words.ts';
import type { Simulated } from '../../domain/case/simulate.ts';
import type { Language, NamedScenario } from '../read-scenarios.ts';

const words = {
  ru: {
    stages: 'ЭТАПЫ',
    duties: 'ОБЯЗАННОСТИ',
    rejected: 'ОТКЛОНЕНО',
    advice: 'СОВЕТЫ',
    asOf: 'на конец дня',
    now: 'по сей день',
    house: 'внутренняя',
    none: 'без дня',
    remind: 'напомнить',
    escalate: 'сообщить выше',
    provisional: 'предварительно',
    nothing: 'нет',
    missing: 'не хватает',
  },
  en: {
    stages: 'STAGES',
    duties: 'DUTIES',
    rejected: 'REFUSED',
    advice: 'ADVICE',
    asOf: 'at the end of',
    now: 'to this day',
    house: 'internal',
    none: 'no day',
    remind: 'remind',
    escalate: 'escalate',
    provisional: 'provisional',
    nothing: 'none',
    missing: 'missing',
  },
} as const;

const states: Record<DutyState, Record<Language, string>> = {
  upcoming: { ru: 'предстоит', en: 'upcoming' },
  open: { ru: 'ждём', en: 'open' },
  met: { ru: 'исполнено', en: 'met' },
  'met late': { ru: 'исполнено с опозданием', en: 'met late' },
  overdue: { ru: 'ПРОСРОЧЕНО', en: 'OVERDUE' },
  missed: { ru: 'УПУЩЕНО', en: 'MISSED' },
  cancelled: { ru: 'отпало', en: 'cancelled' },
};

const roleWords: Record<string, Record<Language, string>> = {
  curator: { ru: 'куратор', en: 'curator' },
  head: { ru: 'руководитель отделения', en: 'head of department' },
  institution: { ru: 'учреждение', en: 'the institution' },
  deputyDirector: { ru: 'заместитель директора', en: 'deputy director' },
};

const marks: Record<DutyState, string> = {
  upcoming: '·',
  open: '○',
  met: '●',
  'met late': '◐',
  overdue: '!',
  missed: '×',
  cancelled: '–',
};

/** The clause as people cite it; without one, what the house set for itself. */
export const cited = (clause: string, language: Language): string =>
  clause ? clauseWords(clause, { ru: 'п. ', en: 'clause ' })[language] : words[language].house;

/** The human form of a played scenario. */
export const asPage = (
  { title, regulation, until }: NamedScenario,
  { duties, stages, rejected, advice }: Simulated,
  language: Language,
): string => {
  const say = words[language];
  const day = (value: string): string => dayWords(value)[language];
  const who = (code: string): string => regulation.bodies[code]?.[language] ?? roleWords[code]?.[language] ?? code;

  const dutyLines = (duty: Duty): string[] => {
    const due = duty.dueOn ? day(duty.dueOn) : say.none;
    const state = states[duty.state][language];
    const done = duty.metOn ? ` ${day(duty.metOn)}` : '';
    const clause = cited(duty.clause, language);
    const about = duty.subject && !duty.what[language].endsWith(` ${duty.subject}`) ? ` [${duty.subject}]` : '';
    const ladder = [
      duty.remindOn.length ? `${say.remind}: ${duty.remindOn.map(day).join(', ')}` : '',
      duty.escalateOn.length
        ? `${say.escalate}: ${duty.escalateOn.map(({ on, to }) => `${day(on)} → ${who(to)}`).join(', ')}`
        : '',
    ].filter(Boolean);
    const first = `${marks[duty.state]} ${due}${duty.provisional ? ` (${say.provisional})` : ''}  ${duty.what[language]}${about}`;
    // Windows and reports whose period has not begun say nothing new: one line each.
    if (duty.state === 'upcoming' && (duty.scope === 'institution' || (duty.window?.index ?? 0) > 1))
      return [`${first} · ${duty.key}`];
    return [
      first,
      `    ${clause} · ${who(duty.awaited.code)} · ${state}${done} · ${duty.key}`,
      ...duty.why.map(({ text }) => `      ${text[language]}`),
      ...(duty.state === 'open' || duty.state === 'upcoming' || duty.state === 'overdue'
        ? ladder.map((line) => `      ${line}`)
        : []),
    ];
  };

  const heading = `${title ? `${title}\n` : ''}${regulation.title[language]} (${regulation.id}@${regulation.version}), ${say.asOf} ${day(until)}`;
  const section = (name: string, lines: readonly string[]): string =>
    `${name}\n${(lines.length ? lines : [say.nothing]).map((line) => `  ${line}`).join('\n')}`;
  return [
    heading,
    section(
      say.stages,
      stages.map(
        ({ stage, from, to }) =>
          `${day(from)} — ${to ? day(to) : say.now}  ${regulation.stages[stage]?.title[language] ?? stage}`,
      ),
    ),
    section(say.duties, duties.flatMap(dutyLines)),
    ...(rejected.length
      ? [
          section(
            say.rejected,
            rejected.flatMap(({ on, command, refusal }) => [
              `${day(on)}  ${command} — ${refusal.clause ? `${cited(refusal.clause, language)}: ` : ''}${refusal.text[language]} (${refusal.code})`,
              ...refusal.missing.map((sentence) => `    ${say.missing}: ${sentence[language]}`),
            ]),
          ),
        ]
      : []),
    ...(advice.length
      ? [
          section(
            say.advice,
            advice.map(
              ({ on, command, advice: one }) =>
                `${day(on)}  ${command}: ${one.text[language]}${one.clause ? ` (${cited(one.clause, language)})` : ''}`,
            ),
          ),
        ]
      : []),
  ].join('\n\n');
};
