import { addDays } from '../../../domain/calendar/civil.ts';
import type { CaseView, Duty, EventView, PossibleAction } from '../../lib/shapes.ts';
import { commandForms, rowCommands } from '../command/forms.ts';
import { deedsOf } from '../command/deeds.ts';
import { isTimely } from '../duties/offer.ts';

export interface Step {
  command: string;
  preset?: Readonly<Record<string, unknown>>;
  /** The duty that the step performs. */
  duty?: Duty;
}

/** What must be on record before a deed makes sense, in the order in which it is done. */
const before: Readonly<Record<string, readonly [command: string, fact: string][]>> = {
  decidePlan: [
    ['draftPlan', 'planDrafted'],
    ['submitPlan', 'planSubmitted'],
  ],
};
const beginning: readonly [command: string, fact: string][] = [
  ['assignCurator', 'curatorAssigned'],
  ['giveConsent', 'consentGiven'],
  ['signAgreement', 'agreementSigned'],
];

/** So many stand as buttons; what else open duties ask for follows them as a list. */
export const stepsShown = 3;

/** A day further off than this presses less than a deed of now for which the text names no day. */
const pressingDays = 30;

/**
 * The steps that move the case on, most pressing first: how it begins, then the deeds of its open duties. Only what
 * the API allows; everything else that is allowed is offered beside them.
 */
export function nextSteps(
  kase: Pick<CaseView, 'status' | 'stage' | 'today' | 'level' | 'curator'>,
  duties: readonly Duty[],
  log: readonly Pick<EventView, 'kind' | 'annulledBy'>[],
  actions: readonly PossibleAction[],
): Step[] {
  if (kase.status === 'closed') return [];
  const allowed = new Set(actions.filter((action) => action.allowed).map((action) => action.command));
  const has = (fact: string): boolean => log.some((entry) => entry.kind === fact && entry.annulledBy === null);
  const steps: Step[] = [];
  const put = (step: Step): void => {
    if (!allowed.has(step.command)) return;
    if (commandForms[step.command]?.offered?.(kase) === false) return;
    if (!isTimely(step.command, step.duty, kase.today)) return;
    if (steps.every((other) => other.command !== step.command)) steps.push(step);
  };
  // Nobody's case, at any stage: the first curator is still to be named, or the last one has left.
  if (kase.curator === null) put({ command: 'assignCurator' });
  // Support under way has begun by its own regulation's steps; it is not sent back to those of another.
  const begins = kase.stage === null || kase.stage === 'diagnostic' || kase.stage === 'contract';
  const first = !begins ? undefined : beginning.find(([command, fact]) => allowed.has(command) && !has(fact));
  if (first) put({ command: first[0] });
  const active = duties.filter(({ state }) => state === 'open' || state === 'overdue');
  const isFar = ({ dueOn }: Duty): boolean => dueOn != null && dueOn > addDays(kase.today, pressingDays);
  for (const duty of [...active.filter((one) => !isFar(one)), ...active.filter(isFar)]) {
    for (const deed of deedsOf(duty).filter(({ command }) => !rowCommands.includes(command))) {
      const earlier = before[deed.command]?.find(([, fact]) => !has(fact));
      put(earlier ? { command: earlier[0], duty } : { ...deed, duty });
    }
  }
  // No duty asks for it: it follows from the conclusion, and its clause allows it only then.
  if (kase.stage === 'reflective') put({ command: 'startPostSupport' });
  return steps;
}
