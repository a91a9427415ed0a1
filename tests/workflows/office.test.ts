import { describe, expect, it } from 'vitest';
import { useOffice } from '../support/use-office.ts';

describe('a case on the real engine and records', () => {
  const office = useOffice();

  it('opens, takes commands, and its workflow knows where it stands', async () => {
    const caseId = await office.openCase({ on: '2026-03-02' });
    const answer = await office.perform(caseId, { command: 'signAgreement', on: '2026-03-02' });
    expect(answer.seq).toBeGreaterThan(2);
    const standing = await office.client.workflow.getHandle(caseId).query('standing');
    expect(standing).toMatchObject({ seq: answer.seq, closed: false });
  });

  it('sends the reminder of the day the clock is moved to', async () => {
    const caseId = await office.openCase({ on: '2026-03-02' });
    await office.perform(caseId, { command: 'signAgreement', on: '2026-03-02' });
    const advanced = await office.advanceTo(caseId, 'nextEvent');
    const row = await office.db.inScope(office, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId } }));
    const mail = await office.waitForMail('the reminder', ({ subject }) => subject.includes(row.number));
    expect(mail).toMatchObject({ to: [office.people.curator.email], caseDay: advanced.today });
  });
});
