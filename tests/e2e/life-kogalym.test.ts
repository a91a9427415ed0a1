import { expect, test } from 'vitest';
import { createFamilyLife } from './family-life.ts';
import type { Person } from './family-life.ts';

const life = createFamilyLife('office-east', 'Приказовых');
let head: Person;
let curator: Person;
const member = 'Прохожая Ольга Примеровна';

test('support begins with an order, and no curator is fixed before it', async () => {
  head = await life.person('head');
  const { hands, steps, part } = head;
  await part('open a case by an order', async () => {
    await life.open(head, /Когалымский комплексный центр/, 'Малоимущая', async (panel) => {
      await panel.getByText('Ещё об основаниях').click();
      await hands.press('checkbox', 'Признана нуждающейся в социальном обслуживании', panel);
    });
    await steps.waits('Закрепить куратора', /нет записи: издан приказ/);
    await steps.meet('Приказ о постановке', (panel) => hands.type('Номер приказа (необязательно)', '17', panel));
    await steps.meet('Закрепление куратора', (panel) => hands.choose('Куратор', 'Тридевятова Юна Сергеевна', panel));
  });
});

test('the personal file, the level, the consents and the programme', async () => {
  curator = await life.person('curator');
  const { hands, steps, part } = curator;
  await part('the personal file without days', async () => {
    await steps.openCase();
    for (const paper of ['заявление', 'акт обследования', 'анкета потребностей'])
      await steps.meet(`Личное дело: ${paper}`);
    await steps.meet('Определение уровня', (panel) => hands.press('radio', 'Базовый', panel));
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
    await steps.meet('Договор о социальном сопровождении');
    await steps.give('Передать план на рассмотрение', 'Передать');
  });
  const secretary = await life.person('secretary');
  await secretary.part('the working group approves', async () => {
    await secretary.steps.openCase();
    await secretary.steps.meet('Утверждение программы');
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
    await steps.meet('Подтверждение организацией, что запрос получен', () =>
      hands.inspect('the form of an answer by telephone'),
    );
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
    await steps.meet('Сообщение по телефону в орган опеки');
  });
  await part('results and the decision to stop', async () => {
    await steps.advanceTo('+31');
    await steps.meet('Исполнение мероприятия программы', (panel) => hands.type('Результат', 'Осмотр пройден', panel));
    await steps.advanceTo('+62');
    await hands.see(/Рефлексивный, день \d/);
    await steps.meet('Мониторинг оценки эффективности');
    for (const report of ['Отчёт о выполнении программы', 'Информация в орган опеки']) await steps.meet(report);
    await steps.meet('Решение о продолжении или прекращении', (panel) => hands.choose('Кто решил', 'Куратор', panel));
    await steps.waits('Начать постсопровождение', /нет записи: издан приказ \(прекращение/);
  });
});

test('post-support is quarterly, and the case ends with its file whole', async () => {
  await head.part('the order on stopping', async () => {
    await head.steps.openCase();
    await head.steps.meet('Личное дело: приказ о прекращении');
  });
  const { hands, steps, part } = curator;
  await part('quarterly post-support', async () => {
    await steps.meet('Начало пост-сопровождения');
    await hands.see('Поддерживающий, день 1');
    await steps.advanceTo('+60');
    await steps.meet('Контроль ситуации в семье');
    await steps.end('Цели достигнуты');
  });
  expect(hands.errors).toEqual([]);
});
