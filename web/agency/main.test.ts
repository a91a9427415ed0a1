import { configure, screen, waitFor } from '@testing-library/dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Asked } from './api.ts';

// What is to appear is waited for; the second that the library allows is no time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });

const token = 'token-of-a-link-0123456789';
const asked: Asked = {
  state: 'waiting',
  institution: 'Учреждение (пример)',
  agency: 'Школа № 0 (пример)',
  caseNumber: '2026-0001',
  kind: 'measure',
  what: 'Помощь в учёбе',
  measures: [],
  dueOn: '2026-03-23',
  clause: null,
  today: '2026-03-05',
  receipt: null,
};
const receipt = {
  number: '2026-0001/7',
  on: '2026-03-05',
  at: '2026-03-05T09:00:00.000Z',
  answer: 'needTime',
  until: '2026-03-27',
};

let calls: { path: string; method: string | undefined; body: unknown }[];
let answers: Record<string, () => Response>;

beforeEach(() => {
  calls = [];
  answers = {
    request: () => Response.json(asked),
    answer: () => Response.json(receipt),
    link: () => Response.json({ sent: true }),
  };
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const path = url.split('/').at(-1) ?? '';
    calls.push({ path, method: init.method, body: JSON.parse(init.body as string) as unknown });
    return Promise.resolve(answers[path]?.() ?? Response.error());
  });
  localStorage.clear();
  document.body.innerHTML = '<main id="root"></main>';
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function open(hash = `#${token}`): Promise<void> {
  window.location.hash = hash;
  await import('./main.ts');
}
const press = (name: string): void => screen.getByRole('button', { name }).click();

it('takes the token out of the address and reads by POST, which spends nothing', async () => {
  await open();
  await screen.findByText('Помощь в учёбе');
  expect(window.location.href).not.toContain(token);
  expect(calls).toEqual([{ path: 'request', method: 'POST', body: { token } }]);
});

it('sends only after the check, and shows a receipt with number and day', async () => {
  await open();
  (await screen.findByLabelText<HTMLInputElement>('Нужно время до другого дня')).click();
  const until = screen.getByLabelText<HTMLInputElement>('До какого дня');
  until.value = '27.3';
  press('Проверить ответ');
  expect(await screen.findByText('Проверьте ответ')).toBeTruthy();
  expect(calls).toHaveLength(1);
  press('Отправить ответ');
  expect(await screen.findByText('Номер: 2026-0001/7')).toBeTruthy();
  expect(calls.at(-1)).toEqual({
    path: 'answer',
    method: 'POST',
    body: { token, answer: 'needTime', until: '2026-03-27' },
  });
});

it.each([
  ['acknowledgePlan', 'done', 'План получен, исполним', 'Сами мероприятия остаётся исполнить к их дням'],
  ['acknowledgePlan', 'needTime', 'Нужно время до другого дня', 'Куратор увидит ваш ответ'],
  ['measure', 'done', 'Исполнено', 'Больше ничего делать не нужно'],
  ['measure', 'needTime', 'Нужно время до другого дня', 'откройте ссылку из письма ещё раз'],
  ['measure', 'cannot', 'Исполнить нельзя', 'Куратор увидит ваш ответ'],
] as const)(
  'the receipt of %s, %s, repeats the answer and says what is still to be done',
  async (kind, answer, said, further) => {
    const given = { ...receipt, answer, until: answer === 'needTime' ? receipt.until : null };
    answers['request'] = () => Response.json({ ...asked, kind, state: 'answered', receipt: given });
    await open();
    expect((await screen.findByText(/^Ответ: /)).textContent).toContain(`Ответ: ${said}`);
    expect(screen.getByText(/^Сохраните номер/).textContent).toContain(further);
  },
);

it.each([
  ['Нужно время до другого дня', '1.3.2026', 'Этот день уже прошёл. Укажите день впереди.'],
  ['Нужно время до другого дня', 'потом', 'Не похоже на дату. Сначала число, потом месяц: 02.03.2026'],
  ['Исполнить нельзя', '', 'Укажите причину: по ней куратор поймёт, что делать дальше.'],
])('asks for what an answer "%s" lacks', async (answer, until, words) => {
  await open();
  (await screen.findByLabelText<HTMLInputElement>(answer)).click();
  (document.getElementById('until') as HTMLInputElement).value = until;
  press('Проверить ответ');
  expect(screen.getByRole('button', { name: words })).toBeTruthy();
  expect(calls).toHaveLength(1);
});

it('keeps what was written when a person goes back to change it', async () => {
  await open();
  (await screen.findByLabelText<HTMLInputElement>('Исполнить нельзя')).click();
  screen.getByLabelText<HTMLTextAreaElement>('Почему исполнить нельзя').value = 'Семья переехала';
  press('Проверить ответ');
  press('Изменить');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Почему исполнить нельзя').value).toBe('Семья переехала');
});

it.each([
  ['answered', 'На этот запрос уже ответили'],
  ['withdrawn', 'Запрос отозван'],
  ['expired', 'Срок действия ссылки истёк'],
] as const)('a request that is %s says so', async (state, words) => {
  answers['request'] = () => Response.json({ ...asked, state });
  await open();
  expect(await screen.findByRole('heading', { name: words })).toBeTruthy();
  expect(screen.queryByRole('radio')).toBeNull();
});

it('an expired link is renewed on demand', async () => {
  answers['request'] = () => Response.json({ code: 'link.expired', detail: 'Срок истёк.' }, { status: 410 });
  await open();
  (await screen.findByRole('button', { name: 'Прислать новую ссылку' })).click();
  expect(await screen.findByText('Новая ссылка отправлена на почту вашей организации.')).toBeTruthy();
});

it('a lost answer is repeated without writing anything twice by hand', async () => {
  await open();
  (await screen.findByLabelText<HTMLInputElement>('Исполнено')).click();
  press('Проверить ответ');
  answers['answer'] = () => {
    throw new TypeError('network');
  };
  press('Отправить ответ');
  const retry = await screen.findByRole('button', { name: 'Повторить' });
  answers['answer'] = () => Response.json({ ...receipt, answer: 'done', until: null });
  retry.click();
  await waitFor(() => expect(screen.getByText('Ответ принят')).toBeTruthy());
});

it('a link cut short by a mail program is told apart', async () => {
  await open('');
  expect(await screen.findByText('Ссылка неверна')).toBeTruthy();
  expect(calls).toEqual([]);
});
