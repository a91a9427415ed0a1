import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { withProviders } from '../lib/test-support.tsx';
import type { Duty, StageSpan } from '../lib/shapes.ts';
import { StageLine } from './StageLine.tsx';

afterEach(cleanup);

const duty = (over: Partial<Duty>): Duty =>
  ({
    key: 'planApproval@4',
    what: { ru: 'утверждение плана', en: 'approval' },
    subject: null,
    basis: 'legal',
    scope: 'case',
    state: 'open',
    dueOn: '2026-03-23',
    unmovedDueOn: '2026-03-23',
    metOn: null,
    provisional: false,
    ...over,
  }) as Duty;

const stages: StageSpan[] = [
  { stage: 'diagnostic', from: '2026-03-02', to: '2026-03-05' },
  { stage: 'contract', from: '2026-03-06', to: null },
];
const draw = (duties: Duty[], closed = false) =>
  withProviders((ui) => render(ui), <StageLine stages={stages} duties={duties} today="2026-03-10" closed={closed} />);
const stage = (name: string): HTMLElement => screen.getByText(name).closest('li') as HTMLElement;

describe('StageLine', () => {
  it('says for each stage whether it is passed, under way or ahead, and its days', async () => {
    await draw([]);
    expect(stage('Диагностико-поисковый').textContent).toContain('пройден02.03.2026 – 05.03.2026');
    expect(stage('Договорный').textContent).toContain('идёт, день 5с 06.03.2026');
    expect(stage('Договорный').getAttribute('aria-current')).toBe('step');
    expect(stage('Рефлексивный').textContent).toContain('впереди');
  });

  it('tells the one day of a stage that began and ended on it', async () => {
    const day: StageSpan[] = [
      { stage: 'diagnostic', from: '2026-03-02', to: '2026-03-02' },
      { stage: 'contract', from: '2026-03-02', to: null },
    ];
    await withProviders((ui) => render(ui), <StageLine stages={day} duties={[]} today="2026-03-02" closed={false} />);
    expect(stage('Диагностико-поисковый').textContent).toBe('Диагностико-поисковыйпройден02.03.2026');
    expect(stage('Договорный').textContent).toContain('идёт, день 1');
  });

  it('does not call ahead what can come no more', async () => {
    const late: StageSpan[] = [{ stage: 'activity', from: '2026-03-02', to: null }];
    await withProviders((ui) => render(ui), <StageLine stages={late} duties={[]} today="2026-03-10" closed={false} />);
    expect(stage('Договорный').textContent).toContain('не было');
    expect(stage('Рефлексивный').textContent).toContain('впереди');
  });

  it('puts the days of a stage under it, with their state in words', async () => {
    await draw([
      duty({}),
      duty({
        key: 'b',
        what: { ru: 'рассылка плана', en: 'dispatch' },
        dueOn: '2026-04-01',
        unmovedDueOn: '2026-03-28',
        provisional: true,
      }),
      duty({
        key: 'c',
        state: 'overdue',
        what: { ru: 'диагностика', en: 'diagnostics' },
        dueOn: '2026-03-08',
        unmovedDueOn: '2026-03-08',
      }),
      duty({ key: 'd', state: 'met', metOn: '2026-03-03', dueOn: '2026-03-12' }),
    ]);
    const marks = within(stage('Договорный'))
      .getAllByRole('listitem')
      .map((mark) => mark.textContent);
    expect(marks).toEqual([
      '23.03.2026 ожидаетсяУтверждение плана',
      '01.04.2026 ожидается, перенесено с 28.03.2026, предварительноРассылка плана',
      '08.03.2026 просроченоДиагностика',
    ]);
    expect(stage('Диагностико-поисковый').textContent).toContain('исполнен 1 срок');
  });

  it('leaves measures, requests and the institution’s own days to the table', async () => {
    await draw([duty({ subject: 'm1' }), duty({ key: 'b', basis: 'internal' })]);
    expect(within(stage('Договорный')).queryAllByRole('listitem')).toEqual([]);
  });

  it('has no stage under way once the support has ended', async () => {
    await draw([], true);
    expect(document.querySelector('[aria-current]')).toBeNull();
  });
});
