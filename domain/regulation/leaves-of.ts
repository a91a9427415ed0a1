import type { Condition } from './regulation.ts';

/** The conditions that ask something themselves: what stands inside `any` and `not`, at any depth. */
export const leavesOf = (condition: Condition): Condition[] =>
  'any' in condition ? condition.any.flatMap(leavesOf) : 'not' in condition ? leavesOf(condition.not) : [condition];
