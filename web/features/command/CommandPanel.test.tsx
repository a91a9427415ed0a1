import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withProviders } from '../../lib/test-support.tsx';
import { CommandPanel } from './CommandPanel.tsx';

const caseId = '00000000-0000-4000-8000-000000000001';
const kase = {
  id: caseId,
  seq: 7,
  today: '2026-03-20',
  stage: 'contract',
  status: 'open',
  curator: null,
  agencies: [],
  people: [],
  family: null,
  regulation: { id: 'town', version: 1, title: { ru: 'Положение', en: 'Regulation' } },
};
const list = { items: [], nextCursor: null };
const me = { staffId: 's1', name: 'Примерова А. И.', role: 'curator', may: ['readCase'], mailbox: false };
const preview = {
  accepted: true,
  refusal: null,
  advice: [],
  appears: [],
  disappears: [],
  meets: [],
  moved: [
    { key: 'planApproval@4', what: { ru: 'утверждение плана', en: 'approval' }, from: '2026-03-22', to: '2026-03-23' },
  ],
};
const answer = {
  commandId: 'k',
  caseId,
  seq: 8,
  stage: null,
  level: null,
  nextDueOn: null,
  result: { entries: [8], advice: [] },
};

let sent: { key: string | null; seq: string | null; body: unknown }[];
let replies: (() => Response)[];
/** Entries of the case, as the log is read at that moment. */
let written: unknown[];

beforeEach(() => {
  localStorage.clear();
  sent = [];
  replies = [];
  written = [];
  const reads: [ending: string, data: unknown][] = [
    [`/cases/${caseId}`, kase],
    ['/duties', list],
    ['/events', { ...list, items: written }],
    ['/agencies', list],
    ['/staff', list],
    ['/me', me],
    ['/preview', preview],
    ['/regulations/town/versions/1', { bodies: [], categories: [], levels: [], stages: [], lists: [], indicators: [] }],
  ];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/commands')) {
      const { headers } = request;
      sent.push({ key: headers.get('idempotency-key'), seq: headers.get('if-match'), body: await request.json() });
      return replies.shift()?.() ?? Response.error();
    }
    return Response.json(reads.find(([ending]) => pathname.endsWith(ending))?.[1]);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function open(command: string, entry?: { seq: number; replacement: string }, preset?: Record<string, unknown>) {
  const done = vi.fn();
  await withProviders(
    (ui) => render(ui),
    <CommandPanel
      caseId={caseId}
      command={command}
      entry={entry}
      {...(preset === undefined ? {} : { preset })}
      onClose={() => undefined}
      onDone={done}
    />,
  );
  await screen.findByLabelText(/^(Дата посещения|С какого дня|Дата заседания|Дата составления|Дата снятия статуса)$/);
  return done;
}
const send = (): void => {
  fireEvent.submit(screen.getByRole('button', { name: 'Записать', hidden: true }).closest('form') as HTMLFormElement);
};
const refused = (status: number, code: string) => () => Response.json({ code, detail: 'Нет.' }, { status });

it('fills the form in advance, and sends what it says with the version that was seen', async () => {
  replies = [() => Response.json(answer)];
  const done = await open('recordVisit');
  send();
  await waitFor(() => expect(done).toHaveBeenCalledWith(answer));
  expect(sent[0]).toMatchObject({ seq: '"7"', body: { command: 'recordVisit', on: '2026-03-20', place: 'home' } });
});

it('shows which days move before anything is pressed', async () => {
  await open('recordVisit');
  expect(await screen.findByText('22.03.2026')).toBeTruthy();
  expect(screen.getByText('23.03.2026')).toBeTruthy();
  expect(sent).toEqual([]);
});

it('repeats with the same key when the outcome is unknown, and takes a new one after a refusal', async () => {
  replies = [refused(503, 'command.outcome-unknown'), refused(409, 'clause'), () => Response.json(answer)];
  const done = await open('recordVisit');
  send();
  await screen.findByText('Ответа нет');
  send();
  await screen.findByText('Действие не принято');
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  const [first, second, third] = sent.map(({ key }) => key);
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});

it('after a conflict sends again against the new version, with what was typed', async () => {
  replies = [refused(412, 'state.stale'), () => Response.json(answer)];
  const done = await open('recordVisit');
  fireEvent.change(screen.getByLabelText('Примечание (необязательно)'), { target: { value: 'мама дома' } });
  send();
  const take = await screen.findByRole('button', { name: 'Взять новое состояние, введённое оставить', hidden: true });
  kase.seq = 9;
  fireEvent.click(take);
  await waitFor(() => expect(screen.queryByText('Нет.')).toBeNull());
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  kase.seq = 7;
  expect(sent[1]).toMatchObject({ seq: '"9"', body: { note: 'мама дома' } });
});

it('goes on by itself where only the system has written meanwhile', async () => {
  replies = [
    () => {
      written.push({ seq: 8, kind: 'requestSent', on: kase.today, by: { kind: 'system' }, data: {}, texts: {} });
      kase.seq = 8;
      return refused(412, 'state.stale')();
    },
    () => Response.json(answer),
  ];
  const done = await open('recordVisit');
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  kase.seq = 7;
  expect(sent.map(({ seq }) => seq)).toEqual(['"7"', '"8"']);
  expect(sent[0]?.key).not.toBe(sent[1]?.key);
});

it('has parents see their child where the child is placed', async () => {
  await open('recordVisit', undefined, { kind: 'parentVisit' });
  expect(screen.getByLabelText<HTMLInputElement>('В учреждении').checked).toBe(true);
});

it('takes words of one’s own where no code says it', async () => {
  replies = [() => Response.json(answer)];
  const done = await open('recordVisit');
  fireEvent.click(screen.getByLabelText('Другое — своими словами'));
  fireEvent.change(screen.getByLabelText('Где: своими словами'), { target: { value: 'в школе' } });
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent[0]?.body).toMatchObject({ command: 'recordVisit', place: 'в школе' });
});

it('takes the place of a measure in words', async () => {
  replies = [() => Response.json(answer)];
  const done = await open('draftPlan');
  fireEvent.change(screen.getByLabelText('Что нужно сделать'), { target: { value: 'Кружок' } });
  fireEvent.change(screen.getByLabelText('Где проводится'), { target: { value: 'own words' } });
  fireEvent.change(screen.getByLabelText('Где проводится: своими словами'), { target: { value: 'дом культуры' } });
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent[0]?.body).toMatchObject({ measures: [{ what: 'Кружок', place: 'дом культуры' }] });
});

it('corrects what stands as a mark alone by its words, and marks nothing that the entry had not', async () => {
  replies = [() => Response.json(answer), () => Response.json(answer)];
  const data = { kind: 'interim', by: 'commission', decision: 'continue' };
  const entry = { kind: 'conclusionDrawn', on: kase.today, by: { kind: 'user' }, texts: {} };
  written.push({ ...entry, seq: 5, data: { ...data, has: ['recommendations'] } }, { ...entry, seq: 6, data });
  for (const seq of [5, 6]) {
    const done = await open('correctEntry', { seq, replacement: 'drawConclusion' });
    const mark = screen.getByLabelText('Рекомендации семье даны');
    expect((mark as HTMLInputElement).checked).toBe(seq === 5);
    if (seq === 6) fireEvent.click(mark);
    const words = screen.getByLabelText('Рекомендации семье даны: своими словами');
    fireEvent.change(words, { target: { value: 'посещать занятия' } });
    fireEvent.change(screen.getByLabelText('Почему запись исправляется'), { target: { value: 'слова' } });
    fireEvent.submit(
      screen.getByRole('button', { name: 'Исправить', hidden: true }).closest('form') as HTMLFormElement,
    );
    await waitFor(() => expect(done).toHaveBeenCalled());
    cleanup();
  }
  for (const { body } of sent)
    expect(body).toMatchObject({ replacement: { ...data, recommendations: 'посещать занятия' } });
});

it('folds what is asked for seldom, and sends it with the rest', async () => {
  replies = [() => Response.json(answer)];
  const done = await open('liftSop', undefined, { by: 'commission' });
  const number = screen.getByLabelText('Номер самого документа (необязательно)');
  expect(number.closest('details')?.open).toBe(false);
  fireEvent.change(number, { target: { value: '41-п' } });
  expect(number.closest('details')?.open).toBe(true);
  send();
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent[0]?.body).toMatchObject({ by: 'commission', number: '41-п' });
});

it('corrects an entry that has a reason of its own, with the reason of the correction beside it', async () => {
  replies = [() => Response.json(answer)];
  const done = await open(
    'correctEntry',
    { seq: 5, replacement: 'suspend' },
    { on: '2026-03-10', reason: 'семья уехала', note: 'до мая' },
  );
  fireEvent.change(screen.getByLabelText('Почему запись исправляется'), { target: { value: 'не тот день' } });
  fireEvent.submit(screen.getByRole('button', { name: 'Исправить', hidden: true }).closest('form') as HTMLFormElement);
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(sent[0]?.body).toEqual({
    command: 'correctEntry',
    on: '2026-03-20',
    entry: 5,
    reason: 'не тот день',
    replacement: { command: 'suspend', on: '2026-03-10', reason: 'семья уехала', note: 'до мая' },
  });
});
