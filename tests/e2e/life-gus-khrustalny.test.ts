import { expect, test } from 'vitest';
import { createFamilyLife, forgetRefusal } from './family-life.ts';
import type { Person } from './family-life.ts';

const life = createFamilyLife('office-west', 'Договоровых');
let curator: Person;

test('a family without a social contract is not taken in, and the form leads to what is missing', async () => {
  const head = await life.person('head');
  const { hands, steps, part } = head;
  await part('open a case by a social contract', () =>
    life.open(
      head,
      'Положение о социальной службе сопровождения семей в рамках социального контракта',
      'Малоимущая',
      async (panel) => {
        await hands.press('button', 'Открыть дело', panel);
        await panel.getByText('не указано: начало социального контракта').waitFor();
        forgetRefusal(hands);
        // Folded until it is needed: what is missing opens it.
        await panel.getByLabel('Социальный контракт с (необязательно)').waitFor();
        await hands.inspect('a refused opening');
        await hands.press('checkbox', 'Признана нуждающейся в социальном обслуживании', panel);
        await hands.type('Социальный контракт с (необязательно)', 'сегодня', panel);
        await hands.type('Социальный контракт по (необязательно)', '+183', panel);
      },
    ),
  );
  await part('the head assigns a curator', () =>
    steps.record('Закрепить куратора', (panel) => hands.choose('Куратор', 'Мнимова Алла Денисовна', panel)),
  );
});

test('services begin with the consent, the programme of services and the contract', async () => {
  curator = await life.person('curator');
  const { hands, steps, part } = curator;
  await part('consents, programme of services, contract on services', async () => {
    await steps.openCase();
    await steps.waits('Записать услугу', /индивидуальная программа/i);
    await steps.wouldRefuse(
      'Записать согласие',
      (panel) => hands.press('checkbox', 'Согласие письменное', panel),
      'не отмечено: письменная форма',
    );
    await steps.record('Записать согласие', (panel) => hands.press('checkbox', 'Согласие письменное', panel));
    await steps.meet('Согласие на фото- и видеосъёмку');
    await steps.meet('Индивидуальная программа');
    await steps.meet('Договор о предоставлении');
    await hands.see('Деятельностный, день 1');
    // Support ends in a year and a half: no button beside that day ends it now.
    await hands.see('Сопровождение длится весь срок');
    expect(await hands.page.getByRole('button', { name: /^Сделать: Сопровождение длится/ }).count()).toBe(0);
  });
});

test('a service a month, a measure by another agency, and its result', async () => {
  const { hands, steps, part } = curator;
  await part('the first months of services', async () => {
    await steps.advanceTo('+10');
    await steps.meet('Услуга или мероприятие не реже раза в месяц', async (panel) => {
      await hands.choose('Какая услуга', 'Социально-трудовая', panel);
      await hands.choose('Наставник от организации (необязательно)', 'Служба занятости (пример)', panel);
    });
    await steps.record(
      'Поручить мероприятие',
      async (panel) => {
        await hands.choose('Организация', 'Служба занятости (пример)', panel);
        await hands.type('Что нужно сделать', 'Подбор работы', panel);
        await hands.type('Срок', '+20', panel);
      },
      'Поручить',
    );
    await steps.advanceTo('+25');
    await steps.meet('Исполнение порученного мероприятия', (panel) => hands.type('Результат', 'Работа найдена', panel));
  });
});

test('the contract is prolonged by mistake, the entry is annulled, and the contract ends early', async () => {
  const { hands, steps, part } = curator;
  await part('a contract that changes', async () => {
    await steps.record('Изменить социальный контракт', async (panel) => {
      await hands.type('Действует до (необязательно)', '+400', panel);
      await panel.getByText(/^Сопровождение длится весь срок/i).waitFor();
    });
    await hands.press('link', 'История');
    await hands.press('button', /^Отменить запись № \d+: Изменён социальный контракт/);
    await hands.type('Почему запись отменяется', 'Продлён контракт другой семьи', hands.panel());
    await hands.press('button', 'Отменить запись', hands.panel());
    await hands.panel().getByText('Проверьте ещё раз').waitFor();
    await hands.submit('Да: Отменить запись');
    await hands.press('link', 'Сроки');
    await steps.record('Изменить социальный контракт', async (panel) => {
      await hands.type('Прекращён досрочно (необязательно)', '+30', panel);
      await hands.type('Причина (необязательно)', 'Семья вышла на устойчивый доход', panel);
    });
  });
});

test('twelve months after the contract support ends by its term, not a day before', async () => {
  const { hands, steps, part } = curator;
  await part('the end of support by its term', async () => {
    await steps.advanceTo('+31');
    await hands.see('Поддерживающий, день 1');
    await steps.wouldRefuse(
      'Завершить сопровождение',
      (panel) => hands.choose('Основание', 'Истёк срок', panel),
      /срок ещё не наступил/,
    );
    await steps.advanceTo('+385');
    // No service was recorded all that time: the case says so.
    await hands.see('просрочено');
    await steps.end('Истёк срок');
    await hands.see('Сейчас ничего не ждём.');
    // What the clock announced before the end, and what could be recorded then, is over.
    for (const over of ['Следующее событие', 'ждут условий'])
      await hands.page.getByText(over).waitFor({ state: 'detached' });
  });
  expect(hands.errors).toEqual([]);
});
