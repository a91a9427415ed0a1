import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { CaseState } from './fold.ts';
import { readingOn } from './reading.ts';
import type { Setting } from './reading.ts';
import type { StageCode, StageSpan } from './stage.ts';
import { kindsThatTurn, stageOn, stages } from './stages.ts';

/** The stages that stood for a while within a day, entry after entry. */
const stagesWithin = ({ facts }: CaseState, day: Day, setting: Setting): StageCode[] => {
  const kinds = kindsThatTurn(setting.regulation);
  const turns = facts.flatMap(({ kind, on }, place) => (on === day && kinds.has(kind) ? [place] : []));
  const found = turns.map((place) => stageOn(readingOn(facts.slice(0, place + 1), day, setting)));
  return [...new Set(found.filter((stage) => stage !== null))];
};

/**
 * The stages as people see them: those that the rules count by, each of which stands at the end of a day, and beside
 * them every one that began and ended within a day. Papers of several steps are often signed at one sitting; nobody
 * who was there says that the step between was not.
 */
export const stagesSeen = (
  state: CaseState,
  regulation: Regulation,
  calendar: ProductionCalendar,
  asOf: Day,
): StageSpan[] => {
  const counted = stages(state, regulation, calendar, asOf);
  return counted.flatMap((span, index) => {
    const known = [counted[index - 1]?.stage, span.stage];
    const passed = stagesWithin(state, span.from, { regulation, calendar }).filter((stage) => !known.includes(stage));
    return [...passed.map((stage) => ({ stage, from: span.from, to: span.from })), span];
  });
};
