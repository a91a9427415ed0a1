import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { regulationKey, type Regulation } from '../../domain/regulation/regulation.ts';
import { reckoningOf } from './reckoning.ts';

/** The law that this process has read: what `platform/regulations` hands over at the start. */
export interface Rules {
  /** Without a version the latest one; `undefined` when there is none. */
  findRegulation(id: string, version?: number): Regulation | undefined;
  calendar: ProductionCalendar;
  /** Names calendar and rules of counting together: what is written by them carries it, and is outdated under another. */
  reckoning: string;
}

/** @param regulations by `id@version`, as `loadRegulations` reads them. */
export function createRules(regulations: ReadonlyMap<string, Regulation>, calendar: ProductionCalendar): Rules {
  const latest = new Map<string, Regulation>();
  for (const regulation of regulations.values()) {
    if (regulation.version > (latest.get(regulation.id)?.version ?? 0)) latest.set(regulation.id, regulation);
  }
  return {
    calendar,
    reckoning: reckoningOf(calendar),
    findRegulation: (id, version) =>
      version === undefined ? latest.get(id) : regulations.get(regulationKey({ id, version })),
  };
}

/** A regulation as institutions, openings and scenarios name it: `id@version`, or `id` for the latest. */
export function findNamedRegulation(
  { findRegulation }: Pick<Rules, 'findRegulation'>,
  name: string,
): Regulation | undefined {
  const [id = '', version] = name.split('@');
  return findRegulation(id, version === undefined ? undefined : Number(version));
}
