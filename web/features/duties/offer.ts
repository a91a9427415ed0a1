import { addDays } from '../../../domain/calendar/civil.ts';
import type { Duty, PossibleAction, Unblocking } from '../../lib/shapes.ts';
import { findDeed } from '../command/deeds.ts';
import type { Deed } from '../command/deeds.ts';
import { commandForms } from '../command/forms.ts';

export type Refusal = NonNullable<PossibleAction['refusal']>;

/** What the row of a duty offers: the form that does it, or what has to be there first. */
export interface Offer {
  deed: Deed | null;
  refusal: Refusal | null;
}

/** What cannot be taken back is proposed when its day is near, not from the first day of support. */
const dangerNearDays = 14;

/** Whether a deed may be proposed for a duty on this day; the list of all deeds offers it on every day. */
export const isTimely = (command: string, duty: Pick<Duty, 'dueOn'> | undefined, today: string): boolean =>
  commandForms[command]?.danger !== true ||
  (duty !== undefined && duty.dueOn !== null && duty.dueOn <= addDays(today, dangerNearDays));

/**
 * The one rule for every list of duties. Neither form nor reason stands where the deed is another's, or where it is too
 * early to propose it: only what may come about by this person's own hand is worth a reason in the row.
 */
export function offerOf(
  duty: Pick<Duty, 'acts' | 'dueOn'>,
  unblockedBy: readonly Pick<Unblocking, 'command' | 'refusal'>[],
  may: (command: string) => boolean,
  today: string,
): Offer {
  const deed = findDeed(duty);
  if (deed === undefined || !may(deed.command)) return { deed: null, refusal: null };
  const refusal = unblockedBy.find(({ command }) => command in commandForms)?.refusal ?? null;
  return { deed: refusal === null && isTimely(deed.command, duty, today) ? deed : null, refusal };
}
