import type { CaseloadLimit } from '../regulation/regulation.ts';
import type { World } from './decision.ts';
import { curatorOf, levelOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { wordOf } from './values.ts';

type Command = Readonly<Record<string, unknown>>;

/** A limit that the command would pass: how many families the curator would have, and how many he may. */
export interface Overload {
  limit: CaseloadLimit;
  families: number;
}

/**
 * The limit that this family would break with the curator and the level that it has after the command. Before both
 * are known nothing can be counted, so each of the two commands asks. Limits of other levels stand by themselves: the
 * texts name no mixed one. `load`: families that each curator has by level, this one not counted; without it (a past
 * day is judged again) nothing is counted.
 */
export const overload = (
  limits: readonly CaseloadLimit[],
  reading: Reading,
  command: Command,
  load: World['curatorLoad'] | undefined,
): Overload | null => {
  const curator = wordOf(command['curator']) ?? curatorOf(reading);
  const level = wordOf(command['level']) ?? levelOf(reading);
  const has = curator === null ? undefined : load?.[curator];
  const limit = limits.find(({ levels }) => level !== null && levels.includes(level));
  if (!has || !limit) return null;
  const families = limit.levels.reduce((sum, one) => sum + (has[one] ?? 0), 1);
  return families > limit.atMost ? { limit, families } : null;
};
