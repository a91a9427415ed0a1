import { expect, test } from 'vitest';
import { createFamilyLife } from './family-life.ts';
import type { Person } from './family-life.ts';

const life = createFamilyLife('office-west', 'Уровневых');
let curator: Person;
let secretary: Person;

test('a family is enrolled by a resolution, its level chosen by its signs', async () => {
  const head = await life.person('head');
  await head.part('open a case by levels', () =>
    life.open(head, /города Таганрога/, 'С одним родителем', async (panel) => {
      // The grounds are those of the regulation, in its words.
      await head.hands.choose('Основание', 'Письменное заявление родителя (законного представителя)', panel);
    }),
  );
  await head.part('a curator within the limits', () =>
    head.steps.record('Закрепить куратора', (panel) => head.hands.choose('Куратор', 'Былинов Глеб Юрьевич', panel)),
  );
  curator = await life.person('curator3');
  const { hands, steps, part } = curator;
  await part('papers and the level', async () => {
    await steps.openCase();
    await steps.meet('Письменное заявление');
    await steps.meet('Акт обследования');
    await steps.meet('Определение уровня', async (panel) => {
      await panel.getByText('Признаки уровней').click();
      await hands.press('checkbox', 'Семья разводится', panel);
      await hands.press('checkbox', 'Ребёнок-инвалид', panel);
      await panel.getByText(/^Отмечены признаки разных уровней: .*базовый.*\(1\); кризисный.*\(1\)/).waitFor();
      await hands.press('button', 'Внести отмеченное в примечание', panel);
      expect(await panel.getByLabel('Примечание (необязательно)').inputValue()).toContain('семья разводится');
      await hands.press('radio', /^Кризисный/, panel);
      await hands.inspect('the form of a level with its signs');
    });
    await hands.see('Срок кризисного уровня истекает: решение комиссии');
  });
  secretary = await life.person('secretary');
  await secretary.part('the resolution on enrolment', async () => {
    await secretary.steps.openCase();
    await secretary.steps.meet('Постановление о постановке', (panel) =>
      secretary.hands.type('Номер (необязательно)', '41', panel),
    );
    await secretary.hands.see('Договорный, день 1');
  });
});

test('the programme is approved before the agreement, and sent to who answers for it', async () => {
  const { hands, steps, part } = curator;
  await part('a programme with the family', async () => {
    await steps.openCase();
    await steps.waits('Заключить договор', 'план ещё не утверждён');
    await steps.record('Составить план', async (panel) => {
      await hands.type('План действует до', '+150', panel);
      const row = panel.getByRole('group', { name: 'Мероприятие 1' });
      await hands.type('Что нужно сделать', 'Занятия с психологом', row);
      await hands.choose('Организация', 'Школа № 00 (пример)', row);
      await hands.type('Срок', '+90', row);
      await panel.getByText('у мероприятия № 1 не указано: ответственный').first().waitFor();
      await hands.type('Ответственный', 'Психолог школы', row);
    });
    await steps.give('Передать план на рассмотрение', 'Передать');
  });
  await secretary.part('the resolution on the programme', async () => {
    await secretary.steps.meet('Утверждение программы постановлением', (panel) =>
      secretary.hands.type('Номер постановления или протокола (необязательно)', '42', panel),
    );
  });
  await part('agreement, dispatch, information bank', async () => {
    await steps.meet('Заключение соглашения');
    await steps.meet('Рассылка утверждённой программы', undefined, 'Разослать');
    await hands.see('Деятельностный, день 1');
    await steps.wouldRefuse(
      'Внести в банк данных',
      (panel) => hands.choose('Кого внесли', 'Прохожая Ольга Примеровна', panel),
      /нет согласия/,
    );
    await steps.record('Записать согласие', async (panel) => {
      await hands.press('radio', 'На включение в банк данных', panel);
      await hands.choose('Член семьи (необязательно)', 'Прохожая Ольга Примеровна', panel);
    });
    await steps.record('Внести в банк данных', (panel) =>
      hands.choose('Кого внесли', 'Прохожая Ольга Примеровна', panel),
    );
  });
});

test('the level changes and with it the day; interim results are a resolution', async () => {
  const { hands, steps, part } = curator;
  await part('from crisis to emergency', async () => {
    await steps.advanceTo('+60');
    await steps.record('Изменить уровень', async (panel) => {
      await hands.press('radio', /^Экстренный/, panel);
      await hands.choose('Кто изменил (необязательно)', 'КДН и ЗП', panel);
      await panel
        .getByText(/Срок экстренного уровня истекает/i)
        .first()
        .waitFor();
    });
    await steps.record('Записать мониторинг', async (panel) => {
      // What the text has results judged by is looked up beside the form.
      await panel.getByText(/^Изменения в сфере неблагополучия · /).click();
      await panel.getByText('Возвраты детей из замещающих семей').waitFor();
    });
    await steps.meet('Исполнение мероприятия программы', (panel) =>
      hands.type('Результат', 'Занятия проведены', panel),
    );
  });
  await secretary.part('the resolution on interim results', async () => {
    await secretary.steps.openCase();
    await secretary.steps.meet('Постановление по промежуточным результатам', (panel) =>
      secretary.hands.type('Номер постановления или протокола (необязательно)', '43', panel),
    );
  });
});

test('the end of the level, the final resolution, post-support and the end', async () => {
  const { hands, steps, part } = curator;
  await part('the level is over', async () => {
    await steps.advanceTo('+92');
    await steps.record('Записать мониторинг', async () => undefined);
    await steps.waits('Начать постсопровождение', /нет записи/);
  });
  await secretary.part('the final resolution', async () => {
    await secretary.steps.openCase();
    await secretary.steps.meet('Постановление о прекращении или продолжении', (panel) =>
      secretary.hands.type('Номер постановления или протокола (необязательно)', '44', panel),
    );
  });
  await part('post-support by levels', async () => {
    await steps.record('Начать постсопровождение', async () => undefined);
    await hands.see('Поддерживающий, день 1');
    await steps.advanceTo('+30');
    await steps.give('Записать посещение');
    await steps.end('Цели достигнуты');
  });
  expect(hands.errors).toEqual([]);
});
