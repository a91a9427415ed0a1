import type { Day } from '../calendar/day.ts';
import type { Decision, Refusal } from '../case/decision.ts';
import type { Duty, Sentence } from '../case/duty.ts';
import { soonestFirst } from '../case/soonest-first.ts';
import { refuse } from '../case/standing-checks.ts';
import { say } from '../case/words.ts';
import type { Command } from '../commands/command.ts';
import type { DutyRule, Regulation } from '../regulation/regulation.ts';
import { serves } from './institution-duties.ts';
import { dutiesByVersion, periodIn } from './own-duties.ts';
import type { InstitutionLife, ReportingLaw } from './own-duties.ts';
import { periodName, periodWords, reportTitle } from './period.ts';

type CalendarRule = Extract<DutyRule, { form: 'calendar' }>;

/** An entry of the institution's log. */
export interface InstitutionEntry {
  seq: number;
  kind: string;
  on: Day;
  recordedAt: string;
  data: Record<string, unknown>;
}

/** The submissions that stand: without those annulled. */
export const standing = (log: readonly InstitutionEntry[]): InstitutionEntry[] => {
  const annulled = new Set(log.filter(({ kind }) => kind === 'entryAnnulled').map(({ data }) => data['entry']));
  return log.filter(({ kind, seq }) => kind === 'reportSubmitted' && !annulled.has(seq));
};

const reportRules = ({ duties }: Regulation): CalendarRule[] =>
  Object.values(duties).filter((rule): rule is CalendarRule => rule.form === 'calendar');

/** The reports of a version that a submission with this code may be. */
const rulesMet = (regulation: Regulation, { report }: Record<string, unknown>): CalendarRule[] =>
  reportRules(regulation).filter((rule) => serves(rule, { kind: 'reportSubmitted', data: { report } }));

/** The newest version of the law that knows such a report. */
const versionThatKnows = ({ versions }: ReportingLaw, data: Record<string, unknown>): Regulation | undefined =>
  versions.findLast(({ regulation }) => rulesMet(regulation, data).length > 0)?.regulation;

/** The law that a submission names; where it names none, the institution's own if it knows the report, else the first that does. */
const lawOf = (laws: readonly ReportingLaw[], data: Record<string, unknown>): ReportingLaw | undefined =>
  laws.find((law) => (data['regulation'] ?? law.id) === law.id && versionThatKnows(law, data) !== undefined);

/** What was submitted, in words; `null` where no law of the institution knows such a report. */
export const submittedTitle = (laws: readonly ReportingLaw[], data: Record<string, unknown>): Sentence | null => {
  const law = lawOf(laws, data);
  const version = law && versionThatKnows(law, data);
  const [rule] = version ? rulesMet(version, data) : [];
  return rule ? reportTitle(rule.what, typeof data['period'] === 'string' ? data['period'] : '') : null;
};

const no = (refusal: Refusal): Decision => ({ accepted: false, refusal });

/** Whether the institution may record this. A pure function of its log, its law and the day. */
export const decideReport = (
  log: readonly InstitutionEntry[],
  command: Command,
  today: Day,
  life: Omit<InstitutionLife, 'facts'>,
): Decision => {
  if (command.on > today) return no(refuse('entry.day-in-future'));
  return command.command === 'annulEntry' ? decideAnnulment(log, command) : decideSubmission(log, command, today, life);
};

const decideAnnulment = (log: readonly InstitutionEntry[], { on, data, texts }: Command): Decision => {
  const entry = log.find(({ seq }) => seq === data['entry']);
  if (entry?.kind !== 'reportSubmitted') return no(refuse('entry.unknown'));
  if (!standing(log).includes(entry)) return no(refuse('entry.already-annulled'));
  const reason = texts['reason'];
  if (!reason) return no(refuse('field.missing', say('не указано: причина', 'missing: the reason')));
  // The reason is what a person typed: it is sealed, and the log keeps its hash alone.
  const fact = { kind: 'entryAnnulled', on, data: { entry: entry.seq }, texts: { reason } };
  return { accepted: true, facts: [fact], advice: [] };
};

const decideSubmission = (
  log: readonly InstitutionEntry[],
  { on, data }: Command,
  today: Day,
  given: Omit<InstitutionLife, 'facts'>,
): Decision => {
  const law = lawOf(given.laws, data);
  if (law === undefined) return no(refuse('reference.unknown', ...known(given.laws)));
  const life = { ...given, laws: [law], facts: standing(log) };
  const named = (asOf: Day): Duty[] =>
    dutiesByVersion(life, today, asOf).flatMap(({ regulation, duties }) => {
      const names = new Set(rulesMet(regulation, data).map(({ rule }) => rule));
      return duties.filter(({ rule }) => names.has(rule));
    });
  const all = named(today).sort(soonestFirst);
  // What had begun by the day of the submission: a report on a period that lies ahead is a slip of the pen.
  const begun = new Set(named(on).flatMap(({ key, state }) => (state === 'upcoming' ? [] : [key])));
  const wanted = typeof data['period'] === 'string' ? periodName(data['period']) : null;
  const meant = all.filter((duty) => (wanted === null ? begun.has(duty.key) : periodIn(duty) === wanted));
  if (meant.length === 0) return no(refuse('reference.unknown', ...periods(all, begun)));
  const possible = meant.filter(({ key }) => begun.has(key));
  if (possible.length === 0)
    return no(refuse('entry.day-in-future', say('период ещё не начался', 'the period has not begun yet')));
  // Without a period named: the oldest that lacks its report.
  const open = possible.find(({ metOn }) => metOn === null);
  if (open === undefined) return no(refuse('case.duplicate'));
  const period = periodIn(open);
  // The day it was submitted against stays with it: a calendar published later makes no report late afterwards.
  const against = open.dueOn === null ? {} : { dueOn: open.dueOn, calendarVersion: life.calendar.version };
  const fact = { report: data['report'], ...(period === '' ? {} : { period }), regulation: law.id, ...against };
  return { accepted: true, facts: [{ kind: 'reportSubmitted', on, data: fact }], advice: [] };
};

const known = (laws: readonly ReportingLaw[]) =>
  laws.flatMap(({ versions }) =>
    reportRules((versions.at(-1) ?? versions[0]).regulation).map(({ rule, what }) =>
      say(`можно: {code} — ${what.ru}`, `possible: {code}, ${what.en}`, { code: rule }),
    ),
  );

const periods = (all: readonly Duty[], begun: ReadonlySet<string>) =>
  all
    .filter(({ key, metOn }) => begun.has(key) && metOn === null)
    .map((duty) =>
      say('ждёт отчёта период: {p}', 'a period awaits its report: {p}', { p: periodWords(periodIn(duty)) }),
    );
