import type { Day, Instant } from '../calendar/day.ts';
import type { Awaited } from './duty.ts';

/** One moment at which the process acts by itself: a reminder, the day itself, an overdue notice, an escalation. */
export interface AgendaItem {
  /** The case's clock, not the engine's. */
  at: Instant;
  dutyKey: string;
  /** `remind-5`, `remind-1`, `overdue`, `escalate-1`, `escalate-3`, `answered`, `answered-14` …: the institution's ladder, stable words. */
  step: string;
  dueOn: Day | null;
  audience: Awaited;
  /** Routine items wait for working hours and can join a digest; urgent ones go at once. */
  urgency: 'routine' | 'urgent';
}
