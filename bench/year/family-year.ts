import { addDays } from '../../domain/calendar/civil.ts';
import type { Day, Instant } from '../../domain/calendar/day.ts';
import { addMonths } from '../../domain/calendar/terms.ts';
import { addMs, atTime, dayOf } from '../../domain/calendar/zone.ts';
import { buildAgenda } from '../../domain/case/build-agenda.ts';
import { closings } from '../../domain/case/closings.ts';
import { decide } from '../../domain/case/decide.ts';
import { duties as dutiesOf, nextDueOn } from '../../domain/case/duties.ts';
import type { Fact, NewFact } from '../../domain/case/fact.ts';
import { fold } from '../../domain/case/fold.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import { planNotices } from '../../domain/case/plan-notices.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';

/** One step of the year as the workflow lives it. */
export interface Step {
  kind: 'command' | 'wake';
  at: Instant;
  movedTimer: boolean;
  newDueDay: boolean;
}

export interface FamilyYear {
  steps: Step[];
  /** Requests that went out to agencies, one engine action each. */
  actions: number;
  notices: number;
}

const zone = 'Europe/Moscow';
const prepareAhead = 3 * 60 * 60 * 1000;
const world = { curatorLoad: {}, agencies: null, staff: null };

interface Planned {
  on: Day;
  body: Record<string, unknown>;
}

/** Twelve months of activity stage, three agencies with two measures each, a visit every two weeks, four monitorings on their last day. */
function commandsOf(start: Day): Planned[] {
  const until = addMonths(start, 12);
  const agencies = ['school', 'clinic', 'guardianship'];
  const measures = agencies.flatMap((agency, at) =>
    [4, 8].map((months, index) => ({
      id: `m${at * 2 + index + 1}`,
      what: 'support',
      agency,
      responsible: 'specialist',
      dueOn: addMonths(start, months + at),
    })),
  );
  const first: Record<string, unknown>[] = [
    { command: 'openCase', ground: 'application', category: 'lowIncome', form: 'group' },
    { command: 'assignCurator', curator: 'c1' },
    { command: 'giveConsent', kind: 'personalData', member: 'parent' },
    { command: 'signAgreement' },
    { command: 'recordDiagnostics', kind: 'initial' },
    { command: 'draftPlan', until, measures },
    { command: 'submitPlan', to: 'workingGroup' },
    { command: 'decidePlan', by: 'workingGroup', decision: 'approve' },
    { command: 'sendPlan', to: agencies },
  ];
  const planned: Planned[] = first.map((body) => ({ on: start, body }));
  for (let on = addDays(start, 14); on <= until; on = addDays(on, 14))
    planned.push({ on, body: { command: 'recordVisit', kind: 'home' } });
  for (const { id, dueOn } of measures)
    planned.push({ on: dueOn, body: { command: 'recordResult', measure: id, result: 'done', by: 'agency' } });
  for (const months of [3, 6, 9, 12]) {
    const on = addMonths(start, months);
    planned.push(
      { on, body: { command: 'recordDiagnostics', kind: 'interim' } },
      { on, body: { command: 'recordMonitoring', kind: 'interim' } },
    );
  }
  return planned.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** The year in the pure domain: which commands and wakes the workflow sees, and what each does to its timer. */
export function liveYear(regulationKey: string, start: Day): FamilyYear {
  const regulation = loadRegulations().get(regulationKey);
  if (!regulation) throw new Error(`no regulation ${regulationKey}`);
  const calendar = loadCalendar();
  const facts: Fact[] = [];
  const steps: Step[] = [];
  const notices = new Set<string>();
  let actions = 0;
  let armed = null as Instant | null;
  let due = null as Day | null;

  const append = (news: readonly NewFact[], at: Instant): void => {
    for (const fact of news) {
      const seq = facts.length + 1;
      facts.push({ ...fact, seq, root: fact.root ?? seq, recordedAt: at, recordedOn: dayOf(at, zone) });
    }
  };
  const settle = (kind: Step['kind'], at: Instant): void => {
    const today = dayOf(at, zone);
    const read = () => {
      const state = fold(facts, regulation);
      return {
        state,
        duties: dutiesOf(state, regulation, calendar, { asOf: today, horizon: addMonths(today, 12), zone }),
      };
    };
    const before = read();
    append(closings(before.state, before.duties, calendar), at);
    const { state, duties } = read();
    const agenda = buildAgenda(duties, regulation.house, calendar, zone);
    for (const { key } of planNotices(agenda, { now: at, preparedUntil: addMs(at, prepareAhead) })) notices.add(key);
    const next = nextWake({ state, duties, agenda, regulation, zone, now: at, prepareAhead });
    const nextDue = nextDueOn(duties);
    steps.push({ kind, at, movedTimer: next !== armed, newDueDay: nextDue !== due });
    armed = next;
    due = nextDue;
  };

  for (const { on, body } of commandsOf(start)) {
    const at = atTime(on, '15:00', zone);
    while (armed !== null && armed <= at) settle('wake', armed);
    const parsed = parseCommand({ ...body, on });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const decision = decide(fold(facts, regulation), parsed.command, { at, today: on }, world, regulation, calendar);
    if (!decision.accepted) throw new Error(`${on} ${String(body['command'])}: ${decision.refusal.text.en}`);
    append(decision.facts, at);
    if (body['command'] === 'sendPlan') actions += (body['to'] as string[]).length;
    settle('command', at);
  }
  return { steps, actions, notices: notices.size };
}
