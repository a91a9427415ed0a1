import { addMonths } from '../../domain/calendar/terms.ts';
import type { Instant } from '../../domain/calendar/day.ts';
import { addMs } from '../../domain/calendar/zone.ts';
import type { AgendaItem } from '../../domain/case/agenda.ts';
import { buildAgenda } from '../../domain/case/build-agenda.ts';
import { actingDuties, duties as dutiesOf, nextDueOn } from '../../domain/case/duties.ts';
import type { Awaited, Duty } from '../../domain/case/duty.ts';
import type { Fact } from '../../domain/case/fact.ts';
import { fold, type CaseState } from '../../domain/case/fold.ts';
import { nextWake } from '../../domain/case/next-wake.ts';
import { planNotices, type PlannedNotice } from '../../domain/case/plan-notices.ts';
import type { StageCode, StageSpan } from '../../domain/case/stage.ts';
import { stages as stagesOf } from '../../domain/case/stages.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import type { CaseClock } from './case-clock.ts';
import { recordedRequests, type RecordedRequest } from './case-requests.ts';
import type { InstitutionRow } from './contract.ts';
import type { Rules } from './rules.ts';

/** How far ahead windows of endless grids are shown. */
const horizonMonths = 12;

/** What the rules are read with: the law, the house's own hours, the institution's zone. */
export interface Setting {
  caseId: string;
  regulation: Regulation;
  rules: Rules;
  zone: string;
}

/** Everything that follows from a case's facts at one moment of its clock. */
export interface Projection {
  state: CaseState;
  stages: StageSpan[];
  stage: StageCode | null;
  duties: Duty[];
  agenda: AgendaItem[];
  requests: RecordedRequest[];
  awaited: Awaited[];
  nextDueOn: string | null;
}

/** The regulation of a case with its institution's hours in place of the sample ones. */
export function withHours(regulation: Regulation, { hours }: InstitutionRow): Regulation {
  return { ...regulation, house: { ...regulation.house, hours: { ...regulation.house.hours, ...hours } } };
}

/** The rules applied to the facts: pure, the same in the transaction, in the preview and in the check of the records. */
export function project(facts: readonly Fact[], setting: Setting, clock: Pick<CaseClock, 'today'>): Projection {
  const { caseId, regulation, rules, zone } = setting;
  const state = fold(facts, regulation);
  const { calendar } = rules;
  const duties = dutiesOf(state, regulation, calendar, {
    asOf: clock.today,
    horizon: addMonths(clock.today, horizonMonths),
    zone,
  });
  const stages = stagesOf(state, regulation, calendar, clock.today);
  const current = stages.at(-1);
  return {
    state,
    stages,
    stage: current !== undefined && (current.to === null || current.to >= clock.today) ? current.stage : null,
    duties,
    agenda: buildAgenda(actingDuties(state, duties), regulation.house, calendar, zone, state.adopted?.at ?? null),
    requests: recordedRequests(caseId, state, duties),
    awaited: awaitedIn(duties),
    nextDueOn: nextDueOn(duties),
  };
}

/** Who is awaited, soonest due first, each once. */
function awaitedIn(duties: readonly Duty[]): Awaited[] {
  const found = new Map<string, Awaited>();
  for (const { state, awaited } of duties) {
    if (state === 'open' || state === 'overdue') found.set(`${awaited.kind}:${awaited.code}`, awaited);
  }
  return [...found.values()];
}

/** The notices that must exist at that moment: those due by then and those to be prepared ahead of it. */
export function plannedNotices({ agenda }: Projection, clock: CaseClock, aheadMs: number): PlannedNotice[] {
  return planNotices(agenda, { now: clock.at, preparedUntil: addMs(clock.at, aheadMs) });
}

/** The next moment at which the case changes or speaks by itself, on its own clock. */
export function nextMoment(
  projection: Projection,
  setting: Setting,
  clock: CaseClock,
  prepareAhead: number,
): Instant | null {
  const { state, duties, agenda } = projection;
  return nextWake({
    state,
    duties,
    agenda,
    regulation: setting.regulation,
    zone: setting.zone,
    now: clock.at,
    prepareAhead,
  });
}
