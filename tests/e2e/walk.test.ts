import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clickBudget } from './click-budget.ts';
import { openBrowser, openHands } from './hands.ts';
import type { Hands } from './hands.ts';
import { runningProduct } from './running-product.ts';
import type { RunningProduct } from './running-product.ts';
import { createJourney } from './journey.ts';
import type { Journey } from './journey.ts';
import { createSteps } from './steps.ts';
import type { Steps } from './steps.ts';

let product: RunningProduct;
let browser: Browser;
let hands: Hands;
let steps: Steps;
let part: Journey['part'];
let clicks: Journey['clicks'];
/** Its own in every run, so that a product that keeps running can be walked again. */
const family = `Семья Прохожих № ${String(process.pid)}`;

beforeAll(async () => {
  product = runningProduct();
  browser = await openBrowser();
  hands = await openHands(browser, product.origin);
  steps = createSteps(hands, product, family);
  ({ part, clicks } = createJourney(hands));
});

afterAll(() => browser?.close());

test('the first page asks to sign in, and says plainly when a password does not fit', async () => {
  await hands.page.goto('/cases?status=open');
  await hands.page.getByRole('heading', { name: 'Вход' }).waitFor();
  await hands.inspect('sign in');
  await hands.type('Электронная почта', product.login('head').email);
  await hands.type('Пароль', 'не тот пароль');
  await hands.press('button', 'Войти');
  await hands.see('Почта или пароль не подходят');
  await hands.inspect('a refused sign in');
  // The browser itself calls the refusal an error; it is the only one of the whole walk.
  expect(hands.errors.splice(0)).toEqual([expect.stringContaining('401')]);
});

test('the head of department opens a case for learning and assigns the curator', async () => {
  await part('open a case', async () => {
    const { email, password } = product.login('head');
    await hands.type('Электронная почта', email);
    await hands.type('Пароль', password);
    await hands.press('button', 'Войти');
    // Back to where the sign-in interrupted.
    await hands.page.getByRole('heading', { name: 'Дела' }).waitFor();
    await hands.press('button', 'Открыть дело');
    const panel = hands.panel();
    await hands.type('Семья', family, panel);
    await hands.type('Адрес (необязательно)', 'г. Пример, Придуманная ул., 1', panel);
    await hands.type('Фамилия, имя, отчество', 'Прохожая Ольга Примеровна', panel);
    await hands.choose('Категория семьи', 'В социально опасном положении', panel);
    await hands.press('checkbox', 'Учебное дело', panel);
    await hands.inspect('the form of a new case');
    await hands.submit('Открыть дело');
    await hands.page.getByRole('heading', { name: family }).waitFor();
  });
  await part('assign the curator', async () => {
    await hands.press('button', 'Закрепить куратора');
    await hands.choose('Куратор', 'Примерова Анна Ивановна', hands.panel());
    await hands.submit('Записать');
    await hands.see('Записано: Закреплён куратор');
  });
});

test('the curator brings the family to an approved plan', async () => {
  await part('sign in as the curator', async () => {
    await hands.press('button', 'Выйти');
    await hands.page.getByRole('heading', { name: 'Вход' }).waitFor();
    await steps.signIn('curator');
    await steps.openCase();
  });
  await part('consent and agreement', async () => {
    await steps.give('Записать согласие');
    await steps.give('Заключить договор');
    await hands.see('Утверждение межведомственного плана');
  });
  await part('why this day', async () => {
    await hands.press('button', /^Утверждение межведомственного плана: .* Почему этот день$/);
    await hands.page.getByText('Почему этот день', { exact: true }).waitFor();
    await hands.see(/20 календарных дней/);
    await hands.inspect('the popover of a date');
    await hands.page.keyboard.press('Escape');
  });
  await part('diagnostics', () => steps.give('Записать диагностику'));
  await part('draft the plan', async () => {
    await hands.press('button', 'Составить план');
    const panel = hands.panel();
    await hands.type('План действует до', '+120', panel);
    await measure(0, 'Помощь в учёбе', 'Школа № 0 (пример)');
    await hands.press('button', 'Добавить мероприятие', panel);
    await measure(1, 'Осмотр ребёнка', 'Детская поликлиника (пример)');
    await hands.inspect('the form of a plan');
    await hands.submit('Записать');
  });
  await part('submit the plan', () => steps.give('Передать план на рассмотрение', 'Передать'));
  await part('decide from my day', async () => {
    await hands.press('link', 'Мой день');
    await hands.press('button', `Сделать: Утверждение межведомственного плана, ${family}`);
    await hands.type('Номер постановления или протокола (необязательно)', '7', hands.panel());
    await hands.see('Что изменится');
    await hands.submit('Записать');
    await hands.see('Записано: Утверждение межведомственного плана');
    // The hand stays on the list: the next row is ready.
    await hands.page.locator('[data-do]:focus').waitFor();
  });
  await part('send the plan', async () => {
    await steps.openCase();
    await steps.give('Разослать план', 'Разослать');
    await hands.see('Деятельностный, день 1');
  });

  async function measure(index: number, what: string, agency: string): Promise<void> {
    const row = hands.panel().getByRole('group', { name: `Мероприятие ${index + 1}` });
    await hands.type('Что нужно сделать', what, row);
    await hands.choose('Организация', agency, row);
    await hands.type('Ответственный', 'Назначенный специалист', row);
    await hands.type('Срок', '+60', row);
  }
});

test('an agency answers by the link of its mail, without a sign-in, once', async () => {
  await part('find the mail', async () => {
    await hands.press('link', 'Почта');
    await hands.page.getByRole('row').filter({ hasText: 'clinic@demo.example' }).first().waitFor();
    await hands.page.getByRole('row').filter({ hasText: 'clinic@demo.example' }).first().getByRole('link').click();
    hands.clicks += 1;
  });
  await part('answer', async () => {
    await hands.press('link', /\/a#/);
    await hands.page.getByRole('heading', { name: 'Ответ на запрос' }).waitFor();
    await hands.see('Осмотр ребёнка');
    expect(hands.page.url()).not.toContain('#');
    await hands.inspect("the agency's page");
    await hands.press('radio', 'План получен, исполним');
    await hands.press('button', 'Проверить ответ');
    await hands.inspect('the check of an answer');
    await hands.press('button', 'Отправить ответ');
    await hands.see('Ответ принят');
  });
  await part('the answer in the case', async () => {
    await hands.page.goto('/');
    await steps.openCase();
    await hands.press('link', 'Запросы');
    await hands.see('получен ответ');
  });
});

test('the clock of the training case brings the reminders', async () => {
  await part('next event', async () => {
    for (let event = 0; event < 3; event += 1) {
      await hands.press('button', 'К следующему событию');
      await hands.see(/Наступил/);
      await hands.see('Следующее событие:');
    }
    await hands.press('link', 'Уведомления');
    const reminded = hands.page.getByRole('row').filter({ hasText: 'Напоминание за 1 рабочий день' });
    await reminded.filter({ hasText: 'отправлено' }).first().waitFor();
  });
});

test('the interim act, the results, the end of the plan and post-support', async () => {
  await part('interim diagnostics and monitoring', async () => {
    await hands.press('link', 'Сроки');
    await steps.advanceTo('+7');
    await steps.give('Записать диагностику');
    await steps.give('Записать мониторинг');
    await steps.give('Оформить заключение');
  });
  await part('results of the measures', async () => {
    for (const what of ['Помощь в учёбе', 'Осмотр ребёнка']) {
      await hands.press('button', new RegExp(`^Сделать: Исполнение мероприятия плана: ${what}`));
      await hands.type('Результат', 'Исполнено полностью', hands.panel());
      await hands.submit('Записать');
    }
  });
  await part('the end of the plan', async () => {
    await steps.advanceTo('+130');
    await hands.see('Рефлексивный, день');
    await steps.give('Записать диагностику');
    await steps.give('Записать мониторинг');
    await steps.give('Оформить заключение');
  });
  await part('post-support', async () => {
    await steps.give('Начать постсопровождение');
    await hands.see('Поддерживающий, день 1');
    await steps.give('Записать снятие статуса СОП');
    await hands.see('Патронаж продолжается не менее 6 месяцев со дня снятия статуса СОП');
    // The first month of visits begins on the day after the stage.
    await steps.advanceTo('+2');
    await hands.press('button', /^Сделать: Два посещения семьи/);
    await hands.submit('Записать');
  });
});

test('an entry made by mistake is corrected from the timeline', async () => {
  await part('correct an entry', async () => {
    await hands.press('link', 'История');
    await hands.press('button', /^Исправить запись № \d+: Посещение семьи/);
    await hands.type('Почему запись исправляется', 'Посещение было в учреждении', hands.panel());
    await hands.press('radio', 'В учреждении', hands.panel());
    await hands.submit('Исправить');
    await hands.see('заменена или отменена записью');
  });
  await part('every part of the case', async () => {
    for (const tab of ['Запросы', 'Уведомления', 'Люди', 'Сроки']) {
      await hands.press('link', tab);
      await hands.inspect(tab);
    }
  });
});

test('the training clock runs by itself until it is stopped', async () => {
  await part('watch live', async () => {
    await hands.press('button', 'Смотреть вживую');
    const happened = hands.page.getByRole('list', { name: 'Что произошло' }).getByRole('listitem');
    await happened.nth(1).waitFor();
    await hands.press('button', 'Остановить');
    await hands.page.getByRole('button', { name: 'Смотреть вживую' }).waitFor();
    const count = await happened.count();
    // Two of its seconds: one more would have come.
    await hands.page.waitForTimeout(2_200);
    expect(await happened.count()).toBeLessThanOrEqual(count + 1);
    await hands.inspect('the clock that has run');
  });
});

test('the deputy director sees what is late and whose; a figure leads to its rows', async () => {
  await part('what is late', async () => {
    await hands.press('button', 'Выйти');
    await hands.page.getByRole('heading', { name: 'Вход' }).waitFor();
    await steps.signIn('deputy');
    await hands.press('link', 'Контроль сроков');
    const figure = hands.page.getByRole('link', { name: /: Просрочено, [1-9]/ }).first();
    const count = Number(await figure.innerText());
    await figure.click();
    hands.clicks += 1;
    await hands.page.getByRole('heading', { name: /^Просрочено, куратор/ }).waitFor();
    const rows = hands.page.getByRole('table', { name: 'Что просрочено' }).getByRole('row');
    expect((await rows.count()) - 1).toBe(count);
  });
  await part('all dates, in English, in the dark', async () => {
    await hands.press('link', 'Все сроки');
    await hands.page.getByRole('heading', { name: 'Все сроки' }).waitFor();
    await hands.choose('Язык', 'English');
    await hands.page.getByRole('heading', { name: 'All dates' }).waitFor();
    await hands.choose('Appearance', 'dark');
  });
});

test('every page fits 320 px, takes the focus to its heading and has no fault in English and in the dark', async () => {
  await hands.page.setViewportSize({ width: 320, height: 640 });
  for (const [section, heading] of [
    ['My day', 'My day'],
    ['What is late', 'What is late'],
    ['Mailbox', 'Mailbox'],
    ['Cases', 'Cases'],
    [family, family],
  ] as const) {
    if (section !== family) await hands.page.getByRole('button', { name: 'Menu' }).click();
    await hands.page.getByRole('link', { name: section, exact: true }).first().click();
    const title = hands.page.getByRole('heading', { level: 1, name: heading });
    await title.waitFor();
    await hands.page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    const focused: unknown = await hands.page.evaluate('document.activeElement?.textContent');
    expect(focused, section).toBe(heading);
    const width: unknown = await hands.page.evaluate('document.documentElement.scrollWidth');
    expect(width, section).toBeLessThanOrEqual(320);
    await hands.inspect(`${section} at 320 px`);
  }
  expect(hands.errors).toEqual([]);
});

test('the walk was whole', () => {
  const folder = path.join(import.meta.dirname, '../../.cache/e2e');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'clicks.json'), `${JSON.stringify(clicks, null, 2)}\n`);
  expect(Object.keys(clicks).sort()).toEqual(Object.keys(clickBudget.walk).sort());
});
