import type { Locator } from 'playwright-core';
import { addDays } from '../../domain/calendar/civil.ts';
import type { Hands } from './hands.ts';
import type { RunningProduct } from './running-product.ts';

/** What a person does again and again: comes in, opens the family, gives a command, moves the clock of a case for learning. */
export interface Steps {
  signIn(code: string, office?: string): Promise<void>;
  openCase(): Promise<void>;
  /** A command that needs no more than its prefilled form. */
  give(title: string, submit?: string): Promise<void>;
  /** A command from wherever it is offered, what is asked for seldom included; `fill` types and chooses. */
  record(title: string, fill: (panel: Locator) => Promise<void>, submit?: string): Promise<void>;
  /** What a duty asks for, from the button beside it; `duty`: how its words begin. */
  meet(duty: string, fill?: (panel: Locator) => Promise<void>, submit?: string): Promise<void>;
  /** Support ends on this ground, asked once more, and the case says so; `fill` adds what its regulation asks. */
  end(ground: string, fill?: (panel: Locator) => Promise<void>): Promise<void>;
  /** The same form, but what it would say is refused before it is sent, in these words; the form is left as a draft. */
  wouldRefuse(title: string, fill: (panel: Locator) => Promise<void>, words: string | RegExp): Promise<void>;
  /** Sees that the deed waits for its conditions, and that these words tell which. */
  waits(title: string, words: string | RegExp): Promise<void>;
  /** A day, or `+30`: from the case's own day. */
  advanceTo(day: string): Promise<void>;
}

export function createSteps(hands: Hands, product: RunningProduct, family: string): Steps {
  const steps: Steps = {
    async signIn(code, office) {
      const { email, password } = product.login(code, office);
      await hands.type('Электронная почта', email);
      await hands.type('Пароль', password);
      await hands.press('button', 'Войти');
      await hands.page.getByRole('heading', { name: 'Мой день' }).waitFor();
    },
    async openCase() {
      await hands.press('link', 'Дела');
      await hands.press('link', family);
      await hands.page.getByRole('heading', { name: family }).waitFor();
    },
    async give(title, submit = 'Записать') {
      await open(title);
      await hands.submit(submit);
    },
    async record(title, fill, submit = 'Записать') {
      await open(title);
      await fill(hands.panel());
      await hands.submit(submit);
    },
    async meet(duty, fill, submit = 'Записать') {
      await hands.press('button', new RegExp(`^Сделать: ${duty.replace(/[.()]/g, '\\$&')}`));
      await fill?.(hands.panel());
      await hands.submit(submit);
    },
    async end(ground, fill) {
      const title = 'Завершить сопровождение';
      const fillAndAsk = async (panel: Locator): Promise<void> => {
        await hands.choose('Основание', ground, panel);
        await fill?.(panel);
        await hands.press('button', title, panel);
      };
      await steps.record(title, fillAndAsk, `Да: ${title}`);
      await hands.page.getByText('сопровождение завершено').first().waitFor();
    },
    async wouldRefuse(title, fill, words) {
      await open(title);
      await fill(hands.panel());
      await hands.panel().getByText('Пока не будет принято').waitFor();
      await hands.panel().getByText(words).first().waitFor();
      await hands.press('button', 'Отмена', hands.panel());
    },
    async waits(title, words) {
      const waiting = actions().getByRole('listitem').filter({ hasText: title });
      const fold = actions().locator('details:not([open])').filter({ hasText: title });
      await actions().getByRole('button').first().waitFor();
      if ((await fold.count()) > 0) {
        await fold.first().locator('summary').click();
        hands.clicks += 1;
      }
      await waiting.filter({ hasText: words }).first().waitFor();
    },
    async advanceTo(day) {
      const until = day.startsWith('+') ? dotted(addDays(await today(), Number(day))) : day;
      await hands.type('Перевести на дату', day);
      await hands.press('button', 'Перевести');
      await hands.see(`Сегодня в деле: ${until}`);
    },
  };
  return steps;

  function actions(): Locator {
    return hands.page.locator('section[aria-labelledby="actions"]');
  }

  async function open(title: string): Promise<void> {
    const button = actions().getByRole('button', { name: title, exact: true, includeHidden: true }).first();
    await button.waitFor({ state: 'attached' });
    if (!(await button.isVisible())) {
      const own = hands.page.getByRole('button', { name: title, exact: true, includeHidden: true });
      await actions().locator('details:not([open])').filter({ has: own }).locator('summary').click();
      hands.clicks += 1;
    }
    await hands.press('button', title, actions());
    await hands.panel().waitFor();
  }

  /** The case's own day, as the page shows it. */
  async function today(): Promise<string> {
    const text = await hands.page.getByText('Сегодня в деле:').innerText();
    return dotted(/\d{2}\.\d{2}\.\d{4}/.exec(text)?.[0] ?? '');
  }
}

/** `2026-05-09` as `09.05.2026`, and back. */
const dotted = (day: string): string =>
  day
    .split(/[.-]/)
    .reverse()
    .join(day.includes('.') ? '-' : '.');
