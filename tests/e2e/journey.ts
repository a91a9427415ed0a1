import { expect } from 'vitest';
import { clickBudget } from './click-budget.ts';
import type { Hands } from './hands.ts';

/** What a person does in one go, told in parts; each within its clicks, without a fault of the page or in the console. */
export interface Journey {
  part: (name: string, walk: () => Promise<void>) => Promise<void>;
  /** Clicks of each part, kept with the bench: a part that grows is seen. */
  clicks: Record<string, number>;
}

const budgets: Readonly<Record<string, number>> = Object.assign({}, ...Object.values(clickBudget));

export function createJourney(hands: Hands): Journey {
  const clicks: Record<string, number> = {};
  return {
    clicks,
    part: async (name, walk) => {
      const before = hands.clicks;
      await walk();
      clicks[name] = hands.clicks - before;
      expect(clicks[name], `clicks of "${name}"`).toBeLessThanOrEqual(budgets[name] ?? 0);
      await hands.inspect(name);
      expect(hands.errors, name).toEqual([]);
    },
  };
}
