import { expect, it } from 'vitest';
import { runCommand } from '../../platform/records/run-command.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import { LawUnknown } from '../../platform/records/unknown-laws.ts';
import { openTestCase, rowsOf, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();

it('a worker without the file of a case’s law leaves its command waiting: another one performs it', async () => {
  const family = await openTestCase(records.deps, office);
  const commandId = await family.accept({ command: 'signAgreement', on: '2026-03-02' });
  const place = { institutionId: office.institutionId, caseId: family.caseId };
  const stateOf = async () => (await rowsOf(records, 'SELECT state FROM commands WHERE id = $1', commandId))[0];

  const older = { ...records.deps, rules: { ...records.deps.rules, findRegulation: () => undefined } };
  await expect(runCommand(older, { commandId, place })).rejects.toThrow(LawUnknown);
  await expect(wakeCase(older, family.caseId)).rejects.toThrow(LawUnknown);
  expect(await stateOf()).toEqual({ state: 'pending' });

  expect(await runCommand(records.deps, { commandId, place })).toMatchObject({ accepted: true, seq: 2 });
  expect(await stateOf()).toEqual({ state: 'applied' });
});
