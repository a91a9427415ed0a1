import { beforeAll, describe, expect, it } from 'vitest';
import type { SunkMail } from '../support/smtp-sink.ts';
import { useOffice } from '../support/use-office.ts';

type Line = [day: string, to: string, about: string];

/** A mail as a person would tell it: its case day, its addressee's box, the first word of what it says. */
const told = (mail: SunkMail): Line => [
  mail.caseDay ?? '',
  (mail.to[0] ?? '').split('@')[0] ?? '',
  (mail.subject.split(' / ')[0] ?? '').replace(/^.*Дело [^:]+: /, '').replace(/ — .*$/, ''),
];

describe('the mails of a whole case', () => {
  const office = useOffice();
  let caseId: string;

  beforeAll(async () => {
    caseId = await office.openCase({ on: '2026-03-02' });
  });

  /** Every notice of the case that is due has come to an end. */
  const allGone = () =>
    office.waitFor('the mails', async () => {
      const open = await office.db.inScope(office, (tx) =>
        tx.notice.count({ where: { caseId, sendAt: { lte: new Date() }, state: { in: ['queued', 'sending'] } } }),
      );
      return open === 0;
    });
  const advanceTo = async (day: string): Promise<Line[]> => {
    const before = office.sink.mails.length;
    await office.advanceTo(caseId, day);
    await allGone();
    return office.sink.mails.slice(before).map(told);
  };
  const until = (to: string, days: number): string =>
    new Date(Date.parse(to) + days * 86_400_000).toISOString().slice(0, 10);

  it('reminds, tells of the passed day, and escalates, each on its day and once', async () => {
    await office.perform(caseId, { command: 'giveConsent', on: '2026-03-02', kind: 'personalData', member: 'parent' });
    await office.perform(caseId, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
    // Clause 3.1: 10 days from 2 March end on 12 March; 9 March 2026 is a day off. The house reminds 5 and 1 working
    // days before, tells of the passed day on the next morning, and escalates after 1 and 3 working days.
    expect(await advanceTo('2026-03-03')).toEqual([]);
    expect(await advanceTo('2026-03-04')).toEqual([['2026-03-04', 'curator', 'срок 12 марта 2026 г.']]);
    expect(await advanceTo('2026-03-10')).toEqual([]);
    expect(await advanceTo('2026-03-11')).toEqual([['2026-03-11', 'curator', 'срок 12 марта 2026 г.']]);
    expect((await advanceTo('2026-03-13')).sort()).toEqual([
      ['2026-03-13', 'curator', 'срок истёк 12 марта 2026 г.'],
      ['2026-03-13', 'head', 'не выполнено в срок'],
    ]);
    // Clause 3.2: the plan by 22 March, a Sunday, so by the 23rd: the commission's secretary is reminded on the 16th.
    expect(await advanceTo('2026-03-16')).toEqual([['2026-03-16', 'secretary', 'срок 23 марта 2026 г.']]);
    expect(await advanceTo('2026-03-17')).toEqual([['2026-03-17', 'deputy', 'не выполнено в срок']]);
  });

  it('falls silent when the duty is done', async () => {
    const on = '2026-03-17';
    await office.perform(caseId, { command: 'recordDiagnostics', on, kind: 'initial' });
    const measures = [
      { id: 'm1', what: 'Помощь в учёбе', agency: 'school', responsible: 'завуч', dueOn: '2026-05-15' },
      { id: 'm2', what: 'Осмотр', agency: 'clinic', responsible: 'врач', dueOn: '2026-05-20' },
    ];
    await office.perform(caseId, { command: 'draftPlan', on, until: '2026-08-31', measures });
    await office.perform(caseId, { command: 'submitPlan', on, to: 'commission' });
    await office.perform(
      caseId,
      { command: 'decidePlan', on, by: 'commission', decision: 'approve', resolutionNo: '5' },
      'secretary',
    );
    expect(await advanceTo('2026-03-24')).toEqual([['2026-03-20', 'curator', 'срок 27 марта 2026 г.']]);
  });

  it('asks the agencies by a link, reminds them by the same link, and escalates their silence', async () => {
    const before = office.sink.mails.length;
    await office.perform(caseId, { command: 'sendPlan', on: '2026-03-24', to: ['school', 'clinic'] });
    const asked = await office.waitFor('both requests', async () => {
      const fresh = office.sink.mails.slice(before);
      return fresh.length === 2 && fresh;
    });
    expect(asked.map(({ to }) => to[0]).sort()).toEqual(['clinic@agency.example', 'school@agency.example']);
    const linkOf = (mail: SunkMail): string => /\S+\/a#[A-Za-z0-9_-]{43}/.exec(mail.text)?.[0] ?? 'no link';
    const links = new Map(asked.map((mail) => [mail.to[0], linkOf(mail)]));
    expect(new Set(links.values()).size).toBe(2);

    const later: SunkMail[] = [];
    const from = office.sink.mails.length;
    await advanceTo('2026-03-26');
    later.push(...office.sink.mails.slice(from));
    expect(later.map(told).sort()).toEqual([
      ['2026-03-26', 'clinic', 'срок 27 марта 2026 г.'],
      ['2026-03-26', 'school', 'срок 27 марта 2026 г.'],
    ]);
    for (const mail of later) expect(linkOf(mail)).toBe(links.get(mail.to[0]));

    expect((await advanceTo('2026-04-02')).map(([day, to]) => `${day} ${to}`).sort()).toEqual([
      '2026-03-28 clinic',
      '2026-03-28 curator',
      '2026-03-28 curator',
      '2026-03-28 school',
      '2026-03-30 head',
      '2026-03-30 head',
      '2026-04-01 deputy',
      '2026-04-01 deputy',
    ]);
  });

  it('every notice of the case arrived once, in the order of its days, under its own Message-ID', async () => {
    await advanceTo(until('2026-04-02', 180));
    const notices = await office.db.inScope(office, (tx) =>
      tx.notice.findMany({ where: { caseId, state: { not: 'withdrawn' }, sendAt: { lte: new Date() } } }),
    );
    expect(notices.length).toBeGreaterThan(25);
    expect(notices.filter(({ state }) => state !== 'accepted')).toEqual([]);
    const bySink = office.sink.mails.filter(({ mark }) => mark !== null);
    const requests = bySink.length - notices.length;
    // Beside the notices only the requests themselves were sent: two, both counted above.
    expect(requests).toBe(2);
    const ids = bySink.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const notice of notices) {
      const mail = bySink.find(({ messageId }) => messageId === notice.messageId);
      expect(mail?.caseDay).toBe(notice.caseDay?.toISOString().slice(0, 10));
    }
    const days = bySink.map(({ caseDay }) => caseDay ?? '');
    expect(days).toEqual([...days].sort());
  });

  it('says nothing of anybody: no name, no address, nothing a person typed; of organisations their names', () => {
    for (const { subject, text } of office.sink.mails) {
      expect(`${subject}\n${text}`).not.toMatch(/Придуманных|Помощь в учёбе|Осмотр|завуч|врач|сотрудник \(/);
    }
    expect(office.sink.mails.some(({ subject }) => subject.includes('(Выдуманное ведомство (clinic))'))).toBe(true);
  });
});
