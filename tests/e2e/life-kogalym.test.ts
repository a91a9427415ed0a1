import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFamilyLife } from './family-life.ts';
import type { FamilyLife, Person } from './family-life.ts';
import { openBrowser } from './hands.ts';

let browser: Browser;
let life: FamilyLife;
let head: Person;
let curator: Person;
const member = 'Прохожая Ольга Примеровна';

beforeAll(async () => {
  browser = await openBrowser();
  life = createFamilyLife(browser, 'office-east', 'Приказовых');
});

afterAll(() => browser?.close());

test('support begins with an order, and no curator is fixed before it', async () => {
  head = await life.person('head');
  const { hands, steps, part } = head;
  await part('open a case by an order', async () => {
    await life.open(head, /Когалымский комплексный центр/, 'Малоимущая', async (panel) => {
      await panel.getByText('Ещё об основаниях').click();
      await hands.press('checkbox', 'Признана нуждающейся в социальном обслуживании', panel);
    });
    await steps.waits('Закрепить куратора', /нет записи: издан приказ/);
    await hands.press('button', /^Сделать: Приказ о постановке/);
    await hands.type('Номер приказа (необязательно)', '17', hands.panel());
    await hands.submit('Записать');
    await hands.press('button', /^Сделать: Закрепление куратора/);
    await hands.choose('Куратор', 'Тридевятова Юна Сергеевна', hands.panel());
    await hands.submit('Записать');
  });
});

test('the personal file, the level, the consents and the programme', async () => {
  curator = await life.person('curator');
  const { hands, steps, part } = curator;
  await part('the personal file without days', async () => {
    await steps.openCase();
    for (const paper of ['заявление', 'акт обследования', 'анкета потребностей']) {
      await hands.press('button', new RegExp(`^Сделать: Личное дело: ${paper}`));
      await hands.submit('Записать');
    }
    await hands.press('button', /^Сделать: Определение уровня/);
    await hands.press('radio', 'Базовый', hands.panel());
    await hands.submit('Записать');
    await steps.give('Записать согласие');
  });
  await part('a programme with contacts', async () => {
    await steps.record('Составить план', async (panel) => {
      await hands.type('План действует до', '+90', panel);
      const row = panel.getByRole('group', { name: 'Мероприятие 1' });
      await hands.type('Что нужно сделать', 'Осмотр ребёнка', row);
      await hands.choose('Организация', 'Детская поликлиника (пример)', row);
      await hands.type('Ответственный', 'Участковый врач', row);
      await hands.type('Срок', '+30', row);
      await panel
        .getByText(/не указано: контакты помогающей организации/)
        .first()
        .waitFor();
      await row.getByText('Ещё о мероприятии').click();
      await hands.type('Контакт организации', 'кабинет 0', row);
    });
    await hands.press('button', /^Сделать: Договор о социальном сопровождении/);
    await hands.submit('Записать');
    await steps.give('Передать план на рассмотрение', 'Передать');
  });
  const secretary = await life.person('secretary');
  await secretary.part('the working group approves', async () => {
    await secretary.steps.openCase();
    await secretary.hands.press('button', /^Сделать: Утверждение программы/);
    await secretary.hands.submit('Записать');
  });
});

test('no agency is involved without the consent of the family', async () => {
  const { hands, steps, part } = curator;
  await part('consent to involve an agency', async () => {
    await steps.wouldRefuse('Разослать план', async () => undefined, /нет согласия .*Детская поликлиника/);
    await steps.record('Записать согласие', async (panel) => {
      await hands.press('radio', 'На привлечение организаций', panel);
      await hands.choose('Организация', 'Детская поликлиника (пример)', panel);
      await hands.choose('Член семьи (необязательно)', member, panel);
    });
    await steps.give('Разослать план', 'Разослать');
    await hands.see('Деятельностный, день 1');
    // The agency called instead of opening its link.
    await hands.press('button', /^Сделать: Подтверждение запроса учреждением/);
    await hands.inspect('the form of an answer by telephone');
    await hands.submit('Записать');
  });
});

test('a violation is reported at once; results, monitoring and the decision to stop', async () => {
  const { hands, steps, part } = curator;
  await part('a violation of rights', async () => {
    await steps.record(
      'Сообщить о нарушении прав ребёнка',
      async (panel) => {
        await hands.press('radio', 'По телефону', panel);
        await hands.choose('Кому сообщили (необязательно)', 'Орган опеки и попечительства', panel);
      },
      'Записать сообщение',
    );
    await hands.press('button', /^Сделать: Сообщение по телефону в орган опеки/);
    await hands.submit('Записать');
  });
  await part('results and the decision to stop', async () => {
    await steps.advanceTo('+31');
    await hands.press('button', /^Сделать: Исполнение мероприятия программы/);
    await hands.type('Результат', 'Осмотр пройден', hands.panel());
    await hands.submit('Записать');
    await steps.advanceTo('+62');
    await hands.see(/Рефлексивный, день \d/);
    await hands.press('button', /^Сделать: Мониторинг оценки эффективности/);
    await hands.submit('Записать');
    for (const report of ['Отчёт о выполнении программы', 'Информация в орган опеки']) {
      await hands.press('button', new RegExp(`^Сделать: ${report}`));
      await hands.submit('Записать');
    }
    await hands.press('button', /^Сделать: Решение о продолжении или прекращении/);
    await hands.choose('Кто решил', 'Куратор', hands.panel());
    await hands.submit('Записать');
    await steps.waits('Начать постсопровождение', /нет записи: издан приказ \(прекращение/);
  });
});

test('post-support is quarterly, and the case ends with its file whole', async () => {
  await head.part('the order on stopping', async () => {
    await head.steps.openCase();
    await head.hands.press('button', /^Сделать: Личное дело: приказ о прекращении/);
    await head.hands.submit('Записать');
  });
  const { hands, steps, part } = curator;
  await part('quarterly post-support', async () => {
    await hands.press('button', /^Сделать: Начало пост-сопровождения/);
    await hands.submit('Записать');
    await hands.see('Поддерживающий, день 1');
    await steps.advanceTo('+60');
    await hands.press('button', /^Сделать: Контроль ситуации в семье/);
    await hands.submit('Записать');
    await steps.record(
      'Завершить сопровождение',
      async (panel) => {
        await hands.choose('Основание', 'Цели достигнуты', panel);
        await hands.press('button', 'Завершить сопровождение', panel);
      },
      'Да: Завершить сопровождение',
    );
    await hands.page.getByText('сопровождение завершено').first().waitFor();
  });
  expect(hands.errors).toEqual([]);
});
