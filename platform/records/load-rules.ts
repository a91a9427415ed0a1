import { loadCalendar, loadRegulations } from '../regulations/load.ts';
import { createRules, type Rules } from './rules.ts';

/** The law as this process has read it from its files, once at the start. @throws RegulationError naming every fault. */
export function loadRules(): Rules {
  return createRules(loadRegulations(), loadCalendar());
}
