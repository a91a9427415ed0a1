import { expect, test } from 'vitest';
import { createFamilyLife } from './family-life.ts';
import type { Person } from './family-life.ts';

const life = createFamilyLife('office-east', 'Советовых');
let curator: Person;

test('a young family is checked, every request is answered', async () => {
  const head = await life.person('head');
  await head.part('open a case by a call', () =>
    life.open(head, /^Алгоритм действий/, 'Молодая', async (panel) => {
      await head.hands.choose('Основание', 'Звонок', panel);
      await head.hands.unfold('Ещё об основаниях', panel);
      await head.hands.type('Когда создана семья (необязательно)', '-30', panel);
    }),
  );
  await head.part('a curator for the check', () =>
    head.steps.record('Закрепить куратора', (panel) =>
      head.hands.choose('Куратор', 'Тридевятова Юна Сергеевна', panel),
    ),
  );
  curator = await life.person('curator');
  const { hands, steps, part } = curator;
  await part('a request and its answer', async () => {
    await steps.openCase();
    await steps.record('Зарегистрировать запрос', async (panel) => {
      await hands.type('Номер запроса', 'В-7', panel);
      await hands.choose('От кого (необязательно)', 'Школа № 00 (пример)', panel);
      await hands.type('О чём (необязательно)', 'Как живёт ребёнок', panel);
    });
    await steps.meet('Ответ на запрос', (panel) =>
      hands.type('Содержание ответа (необязательно)', 'Ребёнок ухожен', panel),
    );
    await steps.give('Записать посещение');
    await steps.meet('Личное дело — 2) акт обследования');
  });
});

test('the council sets the level by its protocol, for the first year of the family', async () => {
  const secretary = await life.person('secretary2');
  const { hands, steps, part } = secretary;
  await part('the protocol of the council', async () => {
    await steps.openCase();
    await steps.meet('Решение патронажного совета', async (panel) => {
      await hands.unfold('Признаки уровней', panel);
      await hands.press('checkbox', /^Взаимное принятие и привыкание/, panel);
      await panel.getByText(/^Все отмеченные признаки относятся к уровню «адаптационный/).waitFor();
      await hands.press('radio', /^Адаптационный/, panel);
      await panel.getByText('не указано: номер протокола').first().waitFor();
      await hands.type('Номер протокола (необязательно)', '5', panel);
      await hands.type('Дата протокола (необязательно)', 'сегодня', panel);
    });
    await hands.see('Окончание адаптационного уровня — первого года семьи');
  });
});

test('the programme is signed by the parent, with visits to the child in an institution', async () => {
  const { hands, steps, part } = curator;
  await part('the joint plan and the programme', async () => {
    await steps.record('Приобщить документ', (panel) =>
      hands.choose('Какой документ', 'Совместный план мероприятий', panel),
    );
    await steps.record('Составить план', async (panel) => {
      await hands.type('План действует до', '+90', panel);
      const row = panel.getByRole('group', { name: 'Мероприятие 1' });
      await hands.type('Что нужно сделать', 'Оздоровление ребёнка', row);
      await hands.choose('Организация', 'Детская поликлиника (пример)', row);
      await hands.type('Ответственный', 'Участковый врач', row);
      await hands.type('Срок', '+60', row);
      await hands.unfold('Ещё о мероприятии', row);
      await hands.press('checkbox', 'Исполняет сторонняя организация', row);
      await hands.press('checkbox', 'Ребёнок помещён в учреждение', panel);
      await panel.getByText('не указано: дни посещения ребёнка родителями').first().waitFor();
      await hands.type('День 1', '+14', panel);
    });
    await steps.record(
      'Передать план на рассмотрение',
      (panel) => hands.choose('Кто рассматривает', 'Семья', panel),
      'Передать',
    );
    await steps.meet('Согласование плана с семьёй', async (panel) => {
      await hands.choose('Кто решил', 'Семья', panel);
      await panel.getByText('не отмечено: подпись родителя').first().waitFor();
      await hands.press('checkbox', 'Есть подпись родителя', panel);
    });
    await hands.see('Деятельностный, день 1');
    await steps.give('Разослать план', 'Разослать');
  });
  await part('a visit, services, a correction', async () => {
    await steps.advanceTo('+15');
    await steps.meet('Посещение ребёнка в учреждении', async (panel) => {
      expect(await panel.getByLabel('В учреждении').isChecked()).toBe(true);
    });
    await steps.record('Записать услугу', (panel) => hands.choose('Какая услуга', 'Социально-правовые', panel));
    await steps.record('Скорректировать план', async (panel) => {
      await hands.type('Что меняется в плане', 'Срок продлён', panel);
      await panel.getByText('не указано: результат').first().waitFor();
      await hands.type('К чему привела корректировка (необязательно)', 'Занятия продолжены', panel);
    });
    await steps.advanceTo('+46');
    await steps.meet('Исполнение мероприятия программы', (panel) =>
      hands.type('Результат', 'Оздоровление пройдено', panel),
    );
  });
});

test('the effect is evaluated, the file is whole, the council removes the family', async () => {
  const { hands, steps, part } = curator;
  await part('the evaluation and the removal', async () => {
    await steps.advanceTo('+31');
    await hands.see(/Рефлексивный, день \d/);
    await steps.meet('Личное дело — 6) оценочный лист');
    await steps.end('Цели достигнуты', async (panel) => {
      await panel.getByText('Не указаны номер и дата протокола патронажного совета').first().waitFor();
      await hands.choose('Кто решил (необязательно)', 'Патронажный совет', panel);
      await hands.type('Номер протокола (необязательно)', '31', panel);
      await hands.type('Дата протокола (необязательно)', 'сегодня', panel);
    });
    await hands.press('link', 'История');
    await hands.see('Социально-правовые');
    await hands.see('Цели достигнуты');
    await hands.see('На запрос №');
  });
  expect(hands.errors).toEqual([]);
});
