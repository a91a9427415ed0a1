import type { Refusal } from '../domain/case/decision.ts';

/** Thrown where a command is refused: an ordinary answer of the rules, on its way to become problem+json. */
export class CommandRefused extends Error {
  override name = 'CommandRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** 409: the law or the case's state stands against it. 422: the input itself names what is not there or cannot be. */
export function refusalStatus(refusal: Refusal): 409 | 422 {
  return inputRefusals.has(refusal.code) ? 422 : 409;
}

const inputRefusals = new Set<string>([]);
