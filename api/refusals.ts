import type { Refusal } from '../domain/case/decision.ts';
import type { RefusalCodeWord } from '../domain/case/refusal-codes.ts';
import type { RecordsRefusalCode } from '../platform/records/refusals.ts';

/** Thrown where a command is refused: an ordinary answer of the rules, on its way to become problem+json. */
export class CommandRefused extends Error {
  override name = 'CommandRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/**
 * The status of each code; one without does not compile. 409: the law or the case's state stands against it.
 * 422: the input names what is not there or cannot be.
 */
export const refusalStatuses: Readonly<Record<RefusalCodeWord | RecordsRefusalCode, number>> = {
  'clause.not-fulfilled': 409,
  'case.not-open': 422,
  'case.duplicate': 409,
  'case.closed': 409,
  'case.exists': 409,
  'case.unknown': 404,
  'case.not-training': 409,
  'clock.backwards': 422,
  'clock.nothing-ahead': 409,
  'command.abandoned': 409,
  'command.invalid': 422,
  'entry.day-in-future': 422,
  'entry.unknown': 422,
  'entry.already-annulled': 409,
  'entry.not-annullable': 409,
  'reference.unknown': 422,
  'regulation.unknown': 422,
  'field.missing': 422,
  'sop.not-recorded': 409,
  'suspension.none': 409,
  'house.not-extendable': 409,
  'version.same': 409,
  'version.unknown': 422,
  'past.out-of-order': 422,
  'past.refused': 422,
  'state.stale': 412,
  'access.denied': 403,
};

/** A refusal by a code that a later release took away is still one of the state. */
export const refusalStatus = ({ code }: Pick<Refusal, 'code'>): number =>
  (refusalStatuses as Readonly<Record<string, number>>)[code] ?? 409;
