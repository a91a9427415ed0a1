import path from 'node:path';
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
      try {
        await walk();
      } catch (error) {
        await picture(`FAILED ${name}`);
        throw error;
      }
      clicks[name] = hands.clicks - before;
      await picture(name);
      expect(clicks[name], `clicks of "${name}"`).toBeLessThanOrEqual(budgets[name] ?? 0);
      await hands.inspect(name);
      expect(hands.errors, name).toEqual([]);
    },
  };

  /** For eyes, not for a comparison: what a part ends with, on a desk and on a telephone, where a folder is named. */
  async function picture(name: string): Promise<void> {
    const folder = process.env['KURATOR_E2E_PICTURES'];
    if (folder === undefined) return;
    const { page } = hands;
    const size = page.viewportSize();
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: path.join(folder, `${name} ${width}.png`), fullPage: true });
    }
    if (size !== null) await page.setViewportSize(size);
  }
}
