import { describe, expect, it } from 'vitest';
import { queueNewLink } from '../../platform/notices/queue-new-link.ts';
import { pokeDispatcher } from '../../platform/temporal/nudge.ts';
import { useOffice } from '../support/use-office.ts';

const on = '2026-03-02';

describe('a new link for a request that could not be sent', () => {
  const office = useOffice();

  it('brings it to its agency by one mail, and the case knows that it went', async () => {
    const address = (email: string) =>
      office.db.inScope(office, (tx) => tx.agency.updateMany({ where: { code: 'school' }, data: { email } }));
    await address('');
    const caseId = await office.openCase({ on });
    await office.perform(caseId, { command: 'giveConsent', on, kind: 'personalData', member: 'parent' });
    await office.perform(caseId, { command: 'signAgreement', on });
    await office.perform(caseId, { command: 'recordDiagnostics', on, kind: 'initial' });
    const measure = { id: 'm1', what: 'Занятия', agency: 'school', responsible: 'завуч', dueOn: '2026-05-29' };
    await office.perform(caseId, { command: 'draftPlan', on, until: '2026-09-30', measures: [measure] });
    await office.perform(caseId, { command: 'submitPlan', on, to: 'commission' });
    const resolution = { decision: 'approve', resolutionNo: '1' };
    await office.perform(caseId, { command: 'decidePlan', on, by: 'commission', ...resolution }, 'secretary');
    await office.perform(caseId, { command: 'giveMeasure', on, agency: 'school', measure: 'm1', dueOn: '2026-05-29' });

    const factsOf = (kind: string) =>
      office.db.inScope(office, (tx) => tx.event.findMany({ where: { caseId, kind }, orderBy: { seq: 'asc' } }));
    const [failed] = await office.waitFor('the failure', async () => {
      const facts = await factsOf('requestFailed');
      return facts.length > 0 && facts;
    });
    const delivery = () =>
      office.db.inScope(office, (tx) => tx.duty.findMany({ where: { caseId, rule: { contains: 'eliver' } } }));
    const openBefore = (await delivery()).filter(({ metOn }) => metOn === null);
    expect(openBefore.length, JSON.stringify(failed)).toBeGreaterThan(0);

    await address('school@agency.example');
    const request = await office.db.inScope(office, (tx) => tx.request.findFirstOrThrow({ where: { caseId } }));
    expect(request.state).toBe('queued');
    await office.db.inScope(office, (tx) => queueNewLink(tx, office.records, { caseId, requestId: request.id }));
    await pokeDispatcher(office.client, office.institutionId);

    await office.waitFor('the request on record as sent', async () => (await factsOf('requestSent')).length === 1);
    expect((await delivery()).filter(({ metOn }) => metOn === null)).toEqual([]);
    expect(office.sink.mails.filter(({ to }) => to.includes('school@agency.example'))).toHaveLength(1);
    const now = await office.db.inScope(office, (tx) => tx.request.findUniqueOrThrow({ where: { id: request.id } }));
    expect(now.state).toBe('sent');
  });
});
