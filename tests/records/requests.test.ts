import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkCase } from '../../platform/records/check-case.ts';
import { listCaseDuties, listDuties } from '../../platform/records/read-duties.ts';
import { listInstitutionNotices } from '../../platform/records/read-notices.ts';
import { submitSystemCommand } from '../../platform/records/system-command.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import { giveCommand, openTestCase, plan, rowsOf, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();

const approval = { command: 'decidePlan', on: '2026-03-10', by: 'commission', decision: 'approve', resolutionNo: '7' };

describe('requests', () => {
  async function askedSchool(): Promise<Awaited<ReturnType<typeof openTestCase>>> {
    const family = await openTestCase(records.deps, office);
    await family.give({ command: 'signAgreement', on: '2026-03-02' });
    await family.give({ command: 'advanceTo', to: '2026-03-10' });
    await family.give(plan);
    await family.give(approval);
    return family;
  }

  it('are actions of the standing until they are sent, and are answered through a link', async () => {
    const family = await askedSchool();
    await family.give({ command: 'sendPlan', on: '2026-03-10', to: ['school'] });
    const [request] = await rowsOf<{ id: string; entry: number; subject: string; state: string }>(
      records,
      'SELECT id, entry, subject, state FROM requests WHERE case_id = $1',
      family.caseId,
    );
    expect(request).toMatchObject({ subject: 'school', state: 'queued' });
    const requestId = request?.id ?? '';
    expect((await wakeCase(records.deps, family.caseId)).actions).toEqual([{ kind: 'sendRequest', id: requestId }]);

    const outcome = {
      ...office,
      caseId: family.caseId,
      key: `requestSent:${requestId}`,
      command: { word: 'requestSent' as const, requestId },
    };
    const [once, twice] = [
      await submitSystemCommand(records.deps, outcome),
      await submitSystemCommand(records.deps, outcome),
    ];
    expect([once.actions, twice.actions, twice.seq]).toEqual([[], [], once.seq]);
    expect(await rowsOf(records, 'SELECT state FROM requests WHERE id = $1', requestId)).toEqual([{ state: 'sent' }]);

    const actor = { kind: 'link' as const, id: randomUUID() };
    const body = {
      command: 'answerRequest',
      on: '2026-03-10',
      entry: request?.entry ?? 0,
      subject: 'school',
      answer: 'done',
      text: 'Принято',
    };
    const { answer } = await giveCommand(records.deps, { ...office, caseId: family.caseId, actor, body });
    expect(answer.accepted).toBe(true);
    expect(
      await rowsOf(records, 'SELECT state, answered_at IS NOT NULL AS answered FROM requests WHERE id = $1', requestId),
    ).toEqual([{ state: 'answered', answered: true }]);
  });

  it('are titled in the words of today, whatever words an earlier state of the product stored', async () => {
    const family = await askedSchool();
    await family.give({ command: 'sendPlan', on: '2026-03-10', to: ['school'] });
    await family.give({ command: 'advanceTo', to: '2026-03-25' });
    const { caseId } = family;
    const old = `UPDATE duties SET detail = jsonb_set(detail, '{what,ru}', '"прежние слова"') WHERE case_id = $1`;
    await rowsOf(records, `${old} AND (rule = 'acknowledgement' OR rule = 'planApproval')`, caseId);
    const all = { all: true };
    const read = await records.deps.db.inScope(office, async (tx) => {
      const { keyring } = records.deps;
      const notices = await listInstitutionNotices(tx, all, { limit: 200 });
      return [
        await listCaseDuties(tx, caseId),
        (await listDuties(tx, keyring, all, { limit: 200 })).items.filter((row) => row.case?.id === caseId),
        notices.items.filter((row) => row.case?.id === caseId).map((row) => ({ ...row, key: row.dutyKey })),
      ];
    });
    for (const rows of read) {
      const titles = rows.filter(({ key }) => key?.startsWith('acknowledgement@')).map(({ what }) => what?.ru);
      expect(new Set(titles)).toEqual(new Set(['подтверждение организацией, что запрос получен']));
    }
    const faults = await records.deps.db.inScope(office, (tx) => checkCase(tx, records.deps, caseId));
    expect(faults.filter(({ at }) => at.startsWith('acknowledgement@'))).toEqual([]);
  });

  it('and results may name a measure of the plan in its own words, though these are sealed', async () => {
    const family = await askedSchool();
    await family.give({ command: 'giveMeasure', on: '2026-03-10', agency: 'school', what: 'Кружок' });
    expect(await rowsOf(records, 'SELECT subject FROM requests WHERE case_id = $1', family.caseId)).toEqual([
      { subject: 'm1' },
    ]);
    const answer = await family.give({ command: 'recordResult', on: '2026-03-10', what: 'Кружок', result: 'ходит' });
    expect(answer.accepted).toBe(true);
    expect(
      await rowsOf(
        records,
        `SELECT state FROM duties WHERE case_id = $1 AND rule = 'measure' AND key LIKE '%#m1'`,
        family.caseId,
      ),
    ).toEqual([{ state: 'met' }]);
  });

  it('that cannot be sent become a visible duty', async () => {
    const family = await askedSchool();
    await family.give({ command: 'giveMeasure', on: '2026-03-10', agency: 'school', measure: 'm1' });
    const [request] = await rowsOf<{ id: string; entry: number }>(
      records,
      'SELECT id, entry FROM requests WHERE case_id = $1',
      family.caseId,
    );
    const requestId = request?.id ?? '';
    await submitSystemCommand(records.deps, {
      ...office,
      caseId: family.caseId,
      key: `failed:${requestId}`,
      command: { word: 'requestFailed', requestId, code: 'timeout' },
    });
    expect(
      await rowsOf(records, `SELECT state FROM duties WHERE case_id = $1 AND rule = 'delivery'`, family.caseId),
    ).toEqual([{ state: 'open' }]);
    const asked = { entry: request?.entry ?? 0, subject: 'm1' };
    const brought = await family.give({ command: 'recordDelivery', on: '2026-03-10', how: 'phone', ...asked });
    expect(brought.accepted).toBe(true);
    expect(
      await rowsOf(records, `SELECT state FROM duties WHERE case_id = $1 AND rule = 'delivery'`, family.caseId),
    ).toEqual([{ state: 'met' }]);
    expect((await wakeCase(records.deps, family.caseId)).actions).toEqual([]);
  });
});
