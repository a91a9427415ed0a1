import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser, openHands } from './hands.ts';
import type { Hands } from './hands.ts';
import { runningProduct } from './running-product.ts';
import { createSteps } from './steps.ts';

const product = runningProduct();
const noteLabel = 'Примечание (необязательно)';
let browser: Browser;
let hands: Hands;
let caseId: string;

/** The demo's family that is deepest in work: the most commands are open to it. */
async function findCase(): Promise<string> {
  const response = await hands.page.request.get('/api/v1/cases?status=open&stage=activity&limit=200');
  const { items } = (await response.json()) as { items: { id: string; training: boolean }[] };
  const found = items.find(({ training }) => !training);
  if (!found) throw new Error('the demo has no family in the activity stage');
  return found.id;
}

const openCase = async (): Promise<void> => {
  await hands.page.goto(`/cases/${caseId}`);
  await hands.page.getByRole('heading', { name: 'Что можно сделать' }).waitFor();
  await actions().getByRole('button').first().waitFor();
};
const actions = () => hands.page.locator('section[aria-labelledby="actions"]');
const open = async (title: string): Promise<void> => {
  const button = actions().getByRole('button', { name: title, exact: true, includeHidden: true }).first();
  // Groups that are asked for seldom are folded.
  const closed = actions().locator('details:not([open]) > summary');
  while ((await closed.count()) > 0) await closed.first().click();
  await button.click();
  await hands.panel().getByLabel(noteLabel).waitFor();
};

beforeAll(async () => {
  browser = await openBrowser();
  hands = await openHands(browser, product.origin);
  await hands.page.goto('/');
  await createSteps(hands, product, '').signIn('head');
  caseId = await findCase();
});

afterAll(() => browser?.close());

test('each form opens on a desk and on a telephone, has no fault, and gives the focus back', async () => {
  await openCase();
  const titles = await actions().getByRole('button', { includeHidden: true }).allTextContents();
  expect(titles.length).toBeGreaterThan(25);
  for (const [index, title] of titles.entries()) {
    const width = index % 2 === 0 ? 1280 : 390;
    await hands.page.setViewportSize({ width, height: 844 });
    await open(title);
    await hands.inspect(title, '[role="dialog"]');
    const overflow: unknown = await hands.page.evaluate('document.documentElement.scrollWidth');
    expect(overflow, title).toBeLessThanOrEqual(width);
    await hands.page.keyboard.press('Escape');
    await hands.panel().waitFor({ state: 'detached' });
    const focused: unknown = await hands.page.evaluate('document.activeElement?.textContent');
    expect(focused).toBe(title);
  }
  await hands.page.setViewportSize({ width: 1366, height: 768 });
  expect(hands.errors).toEqual([]);
});

test('a correction of the plan begins from the one before it', async () => {
  await openCase();
  const words = `Исправленное мероприятие ${process.pid}`;
  const what = () => hands.panel().getByRole('group', { name: 'Мероприятие 1' }).getByLabel('Что нужно сделать');
  await open('Скорректировать план');
  await what().fill(words);
  await hands.type('Что меняется в плане', 'Другими словами', hands.panel());
  await hands.submit('Записать');
  await open('Скорректировать план');
  expect(await what().inputValue()).toBe(words);
  await hands.page.keyboard.press('Escape');
});

test('the end of support shows what it ends and is asked once more', async () => {
  await openCase();
  await open('Завершить сопровождение');
  await hands.choose('Основание', 'Отказ семьи', hands.panel());
  await hands.panel().getByText('Больше не требуется:').first().waitFor();
  await hands.press('button', 'Завершить сопровождение', hands.panel());
  await hands.panel().getByText('Проверьте ещё раз').waitFor();
  await hands.inspect('the question before the end', '[role="dialog"]');
  await hands.press('button', 'Вернуться к полям', hands.panel());
  expect(await hands.panel().getByLabel('Основание').inputValue()).toBe('refusal');
  await hands.page.keyboard.press('Escape');
});

test('one command by the keyboard alone', async () => {
  await openCase();
  const { keyboard } = hands.page;
  const isFocused = (text: string) =>
    hands.page.evaluate(`document.activeElement?.textContent === ${JSON.stringify(text)}`);
  const tabTo = async (text: string): Promise<void> => {
    for (let tab = 0; tab < 120 && !(await isFocused(text)); tab += 1) await keyboard.press('Tab');
    expect(await isFocused(text), text).toBe(true);
  };
  await tabTo('Записать посещение');
  await keyboard.press('Enter');
  const note = hands.panel().getByLabel(noteLabel);
  await note.waitFor();
  const onNote = () =>
    note.evaluate(
      (field: { ownerDocument: { activeElement: unknown } }) => field === field.ownerDocument.activeElement,
    );
  for (let tab = 0; tab < 40 && !(await onNote()); tab += 1) await keyboard.press('Tab');
  await keyboard.type('только клавиатура');
  await tabTo('Записать');
  await keyboard.press('Enter');
  await hands.panel().waitFor({ state: 'detached' });
  await hands.see('Записано: Посещение семьи');
  await hands.inspect('after a command by the keyboard');
});

test('a silent server is told plainly, and nothing typed is lost', async () => {
  await openCase();
  await open('Записать посещение');
  await hands.type(noteLabel, 'сеть пропала', hands.panel());
  await hands.page.context().setOffline(true);
  await hands.press('button', 'Записать', hands.panel());
  await hands.panel().getByText('повтор безопасен').waitFor();
  await hands.page.keyboard.press('Escape');
  await hands.see('Сервер не отвечает.');
  await hands.inspect('a page whose server is silent');
  await hands.page.context().setOffline(false);
  await hands.page.getByText('Сервер не отвечает.').waitFor({ state: 'detached' });
  await open('Записать посещение');
  expect(await hands.panel().getByLabel(noteLabel).inputValue()).toBe('сеть пропала');
  await hands.press('button', 'Начать заново', hands.panel());
  await hands.page.keyboard.press('Escape');
  // The browser itself calls each lost request an error.
  expect(hands.errors.splice(0).filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

test('a session that ends amid a form: after the sign-in the form is open again with what was typed', async () => {
  await openCase();
  await open('Записать посещение');
  await hands.type(noteLabel, 'не потеряйте', hands.panel());
  await hands.page.context().clearCookies();
  await hands.press('button', 'Записать', hands.panel());
  await hands.page.getByRole('heading', { name: 'Вход' }).waitFor();
  const { email, password } = product.login('head');
  await hands.type('Электронная почта', email);
  await hands.type('Пароль', password);
  await hands.press('button', 'Войти');
  await hands.panel().waitFor();
  expect(hands.page.url()).toContain(`/cases/${caseId}`);
  expect(await hands.panel().getByLabel(noteLabel).inputValue()).toBe('не потеряйте');
  await hands.submit('Записать');
  expect(hands.errors.splice(0).filter((text) => !text.includes('401'))).toEqual([]);
});
