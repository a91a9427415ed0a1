import type { Hands } from './hands.ts';
import type { RunningProduct } from './running-product.ts';

/** What a person does again and again: comes in, opens the family, gives a command, moves the clock of a case for learning. */
export interface Steps {
  signIn(code: string, office?: string): Promise<void>;
  openCase(): Promise<void>;
  /** A command that needs no more than its prefilled form. */
  give(title: string, submit?: string): Promise<void>;
  /** A day, or `+30`: from the case's own day. */
  advanceTo(day: string): Promise<void>;
}

export function createSteps(hands: Hands, product: RunningProduct, family: string): Steps {
  return {
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
      await hands.press('button', title);
      await hands.submit(submit);
    },
    async advanceTo(day) {
      await hands.type('Перевести на дату', day);
      await hands.press('button', 'Перевести');
      await hands.see(`Сегодня в деле: ${await asDay(day)}`);
    },
  };

  /** `+30` counts from the case's own day, as the page shows it. */
  async function asDay(shift: string): Promise<string> {
    const text = (await hands.page.getByText('Сегодня в деле:').innerText()).match(/\d{2}\.\d{2}\.\d{4}/)?.[0] ?? '';
    return shift.startsWith('+') ? text : shift;
  }
}
