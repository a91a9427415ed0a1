import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';

/** The law that this process has read: what `platform/regulations` hands over at the start. */
export interface Rules {
  /** Without a version the latest one; `undefined` when there is none. */
  findRegulation(id: string, version?: number): Regulation | undefined;
  calendar: ProductionCalendar;
}
