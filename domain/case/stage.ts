import type { Day } from '../calendar/day.ts';

/** The one frame of five stages in which every case of every regulation is shown. */
export const stageCodes = ['diagnostic', 'contract', 'activity', 'reflective', 'postSupport'] as const;
export type StageCode = (typeof stageCodes)[number];

/** A stretch of days in a stage. `to` is the last day, `null` while it lasts. */
export interface StageSpan {
  stage: StageCode;
  from: Day;
  to: Day | null;
}
