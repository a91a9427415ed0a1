import type { Day, Instant } from '../calendar/day.ts';
import type { AgendaItem } from './agenda.ts';
import type { Awaited } from './duty.ts';

/** A notice that must exist: the records write the difference to what they have. */
export interface PlannedNotice {
  /** `dutyKey|step|dueOn|audience`; a moved day makes another key, so it reminds again. */
  key: string;
  dutyKey: string;
  step: string;
  dueOn: Day | null;
  /** `role:curator`, `body:commission`, `agency:school`. */
  audience: string;
  /** The case's clock. */
  notBefore: Instant;
  urgency: AgendaItem['urgency'];
}

export const audienceOf = ({ kind, code }: Awaited): string => `${kind}:${code}`;

/**
 * The notices that must exist now: every item of the agenda up to `preparedUntil`, also those whose moment passed
 * while nobody ran. What has been sent is known by its key, so each goes out once.
 */
export const planNotices = (
  agenda: readonly AgendaItem[],
  { preparedUntil }: { now: Instant; preparedUntil: Instant },
): PlannedNotice[] => {
  const planned = new Map<string, PlannedNotice>();
  for (const { at, dutyKey, step, dueOn, audience, urgency } of agenda) {
    if (at > preparedUntil) continue;
    const to = audienceOf(audience);
    const key = `${dutyKey}|${step}|${dueOn ?? '-'}|${to}`;
    if (!planned.has(key)) planned.set(key, { key, dutyKey, step, dueOn, audience: to, notBefore: at, urgency });
  }
  return [...planned.values()];
};
