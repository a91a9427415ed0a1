import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openHands } from './hands.ts';
import type { Hands } from './hands.ts';
import { createJourney } from './journey.ts';
import { runningProduct } from './running-product.ts';
import { createSteps } from './steps.ts';

const product = runningProduct();
const family = `Семья Принятых № ${String(process.pid)}`;
let browser: Browser;

const signedIn = async (office?: string): Promise<Hands> => {
  const hands = await openHands(browser, product.origin);
  await hands.page.goto('/');
  await createSteps(hands, product, family).signIn('head', office);
  return hands;
};

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser?.close());

test('a family that is supported already is taken in with its past, faults named by their line', async () => {
  const hands = await signedIn();
  const { part } = createJourney(hands);
  await part('adopt a case', async () => {
    await hands.press('link', 'Дела');
    await hands.press('button', 'Принять дело с прошлым');
    const panel = hands.panel();
    await hands.type('Семья', family, panel);
    await hands.type('Фамилия, имя, отчество', 'Прохожая Вера Примеровна', panel);
    await hands.choose('Куратор', 'Примерова Анна Ивановна', panel);
    const past = (agreedOn: string) => `# прошлое этой семьи
- { on: 2026-02-02, command: openCase, ground: application, category: lowIncome, form: group }
- { on: 2026-02-02, command: assignCurator, curator: own }
- { on: ${agreedOn}, command: signAgreement, member: p1 }
`;
    await hands.type('Прошлое дела', past('2026-02-01'), panel);
    await panel.getByRole('button', { name: 'Строка 4' }).waitFor();
    await hands.see('день раньше, чем у записи перед ней');
    await hands.type('Прошлое дела', past('2026-02-03'), panel);
    await hands.see(/^Сегодня просрочен/);
    await hands.inspect('the form of an adoption');
    await hands.submit('Принять дело');
    await hands.page.getByRole('heading', { name: family }).waitFor();
  });
});

test('a report of the institution is submitted and taken back', async () => {
  const hands = await signedIn('office-west');
  const { part } = createJourney(hands);
  // Several laws and periods may ask for the same report.
  const asked = () => hands.page.getByRole('button', { name: /^Сделать: Анализ сопровождения семей/ });
  let before = 0;
  await part('submit a report', async () => {
    await hands.press('link', 'Отчёты');
    await hands.see(/Анализ сопровождения семей за квартал: [1-4] квартал \d{4} года/);
    await asked().first().waitFor();
    before = await asked().count();
    await hands.press('button', /^Сделать: Анализ сопровождения семей/);
    await hands.inspect('the form of a report');
    await hands.submit('Сдать отчёт');
    await hands.see(/^Записано: Анализ сопровождения семей за квартал: [1-4] квартал \d{4} года$/);
    await expect.poll(() => asked().count()).toBe(before - 1);
  });
  await part('take it back', async () => {
    const own = hands.page.getByRole('listitem').filter({ hasText: 'сдан отчёт. Анализ сопровождения семей' }).first();
    await hands.press('button', /^Отменить запись № \d+$/, own);
    await hands.type('Почему запись неверна', 'Не тот квартал', hands.panel());
    await hands.submit(await hands.panel().getByRole('heading').innerText());
    await expect.poll(() => asked().count()).toBe(before);
    await hands.see('отменено');
  });
});
