import { loadCalendar, loadRegulations } from '../regulations/load.ts';
import type { Rules } from './rules.ts';

/** The law as this process has read it from its files, once at the start. @throws RegulationError naming every fault. */
export function loadRules(): Rules {
  const regulations = [...loadRegulations().values()];
  return {
    calendar: loadCalendar(),
    findRegulation: (id, version) =>
      regulations
        .filter((regulation) => regulation.id === id && (version === undefined || regulation.version === version))
        .sort((a, b) => b.version - a.version)[0],
  };
}
