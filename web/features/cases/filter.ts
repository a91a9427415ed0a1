import { stageCodes } from '../../../domain/case/stage.ts';
import { readCurator } from '../people/curators.ts';
import type { StageCode } from '../../../domain/case/stage.ts';

/** The filter of the list of cases, as the address bar holds it. Never a family's name: addresses are kept in histories. */
export interface CaseFilter {
  status?: 'open' | 'closed' | undefined;
  stage?: StageCode | undefined;
  late?: boolean | undefined;
  /** A curator's id, or `none`: nobody is assigned. */
  curator?: string | undefined;
  /** Part of a number; what is typed as a name stays out of the address. */
  q?: string | undefined;
}

/** Reads the address; what it does not understand is left out, so an old link still opens. */
export function readFilter(search: Record<string, unknown>): CaseFilter {
  const filter: CaseFilter = {};
  if (search['status'] === 'open' || search['status'] === 'closed') filter.status = search['status'];
  const stage = stageCodes.find((code) => code === search['stage']);
  if (stage !== undefined) filter.stage = stage;
  if (search['late'] === true || search['late'] === 'true') filter.late = true;
  const curator = readCurator(search['curator']);
  if (curator !== undefined) filter.curator = curator;
  return filter;
}
