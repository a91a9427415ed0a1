import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { openBrowser, openHands } from './hands.ts';
import type { Hands } from './hands.ts';
import { createJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { runningProduct } from './running-product.ts';
import { createSteps } from './steps.ts';
import type { Steps } from './steps.ts';

export interface Person {
  hands: Hands;
  steps: Steps;
  part: Journey['part'];
}

export interface FamilyLife {
  /** The family's name in every list, its own in every run. */
  family: string;
  /** Somebody of the office at a browser of their own, with the family's case before them once it is open. */
  person(code: string): Promise<Person>;
  /** A case for learning is opened by this regulation; `more` fills in what only it asks. */
  open(
    by: Person,
    regulation: string | RegExp,
    category: string,
    more?: (panel: Locator) => Promise<void>,
  ): Promise<void>;
}

/** A family's whole life in one office of the demo, everybody by clicking only, with a browser of its own. */
export function createFamilyLife(office: string, name: string): FamilyLife {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  const family = `Семья ${name} № ${process.pid}`;
  const people = new Map<string, Promise<Person>>();

  return {
    family,
    person(code) {
      const known = people.get(code) ?? comeIn(code);
      people.set(code, known);
      return known;
    },
    async open({ hands }, regulation, category, more) {
      await hands.press('link', 'Дела');
      await hands.press('button', 'Открыть дело');
      const panel = hands.panel();
      await hands.type('Семья', family, panel);
      await hands.type('Фамилия, имя, отчество', 'Прохожая Ольга Примеровна', panel);
      const options = await panel.getByLabel('Положение', { exact: true }).locator('option').allTextContents();
      const chosen = options.find((title) =>
        typeof regulation === 'string' ? title === regulation : regulation.test(title),
      );
      await hands.choose('Положение', chosen ?? String(regulation), panel);
      await hands.choose('Категория семьи', category, panel);
      await hands.press('checkbox', 'Учебное дело', panel);
      await more?.(panel);
      await hands.submit('Открыть дело');
      await hands.page.getByRole('heading', { level: 1, name: family }).waitFor();
    },
  };

  async function comeIn(code: string): Promise<Person> {
    const product = runningProduct();
    const hands = await openHands(browser, product.origin);
    await hands.page.goto('/');
    const steps = createSteps(hands, product, family);
    await steps.signIn(code, office);
    return { hands, steps, part: createJourney(hands).part };
  }
}

/** The browser itself calls a refusal an error: one, and nothing else. */
export const forgetRefusal = ({ errors }: Hands): void =>
  expect(errors.splice(0)).toEqual([expect.stringMatching(/ 4(09|22) /)]);
