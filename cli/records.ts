import { createKeyring } from '../platform/crypto/keyring.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { checkCase } from '../platform/records/check-case.ts';
import type { RecordsDeps } from '../platform/records/contract.ts';
import { loadRules } from '../platform/records/load-rules.ts';
import { rebuildCase } from '../platform/records/rebuild.ts';
import { destroyOldBodies } from '../platform/records/retention.ts';
import { settleRestored } from '../platform/reconcile/settle-restored.ts';
import { findRecords, SettingsFault } from './records-settings.ts';

const usage = `kurator records check [ДЕЛО…]     сверить дела с их записями: цепочка, сроки, повестка / compare cases with their own facts
kurator records rebuild [ДЕЛО…]   построить сроки и повестку заново из записей / write what follows from the facts anew
kurator records restored ОТ [ДО]  после возврата записей к состоянию на время ОТ (ISO 8601), сделанного во время ДО; прежде исполнителя / after the records were set back, at the second time, to their state at the first; before a worker runs
kurator records retention         уничтожить тексты невыполненных действий старше суток / destroy bodies of commands that came to nothing a day ago
`;

/** `kurator records …`; without case ids every case of every institution. Resolves to the exit code: 1 when a check finds something. */
export async function recordsCommand(
  [word, ...cases]: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const run = word !== undefined && Object.hasOwn(words, word) ? words[word] : undefined;
  if (run === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  let settings;
  try {
    settings = findRecords(env);
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  const db = createDatabase({ appUrl: settings.appUrl, systemUrl: settings.systemUrl, connections: 2 });
  try {
    return await run(
      { db, keyring: createKeyring(settings.secrets), rules: loadRules(), now: () => new Date() },
      cases,
    );
  } finally {
    await db.close();
  }
}

async function check(deps: RecordsDeps, wanted: string[]): Promise<number> {
  let count = 0;
  let faults = 0;
  for (const { institutionId, caseId } of await findCases(deps, wanted)) {
    const found = await deps.db.inScope({ institutionId }, (tx) => checkCase(tx, deps, caseId));
    for (const { of, at, fault } of found) process.stdout.write(`${caseId}  ${of}  ${at}: ${fault}\n`);
    count += 1;
    faults += found.length;
  }
  process.stdout.write(`${count} cases checked, ${faults} differences\n`);
  return faults === 0 && count >= wanted.length ? 0 : 1;
}

async function rebuild(deps: RecordsDeps, wanted: string[]): Promise<number> {
  const found = await findCases(deps, wanted);
  for (const { caseId } of found) await rebuildCase(deps, caseId);
  process.stdout.write(`${found.length} cases rebuilt from their facts\n`);
  return found.length >= wanted.length ? 0 : 1;
}

async function retention(deps: RecordsDeps): Promise<number> {
  const destroyed = await destroyOldBodies(deps.db, deps.now());
  process.stdout.write(`${destroyed} bodies destroyed\n`);
  return 0;
}

async function restored(deps: RecordsDeps, times: string[]): Promise<number> {
  const [since, until = deps.now()] = times.map((time) => new Date(time));
  if (!since || Number.isNaN(since.getTime()) || !(until >= since) || until > deps.now()) {
    process.stderr.write(
      `"${times.join(' ')}" are no times that have passed: write 2026-03-02T18:00:00Z, or two of them\n`,
    );
    return 2;
  }
  const { woken, failed, uncertain, repeated } = await settleRestored(deps, { since, until });
  for (const { caseId, fault } of failed) process.stdout.write(`case ${caseId} could not be woken: ${fault}\n`);
  for (const { number, key, at } of uncertain)
    process.stdout.write(
      `case ${number}: the reminder of ${at.toISOString()} may have gone out, it is not repeated (${key})\n`,
    );
  process.stdout.write(
    `${woken} cases woken; ${uncertain.length} reminders uncertain; ${repeated} notices of the lost time go out, each under its own Message-ID\n`,
  );
  return 0;
}

const words: Record<string, (deps: RecordsDeps, rest: string[]) => Promise<number>> = {
  ...{ check, rebuild, restored, retention },
};

async function findCases({ db }: RecordsDeps, wanted: string[]): Promise<{ institutionId: string; caseId: string }[]> {
  const rows = await db.inSystemScope((tx) =>
    tx.case.findMany({ select: { id: true, institutionId: true }, orderBy: { id: 'asc' } }),
  );
  const known = rows.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
  const unknown = wanted.filter((id) => !rows.some((row) => row.id === id));
  for (const id of unknown) process.stderr.write(`there is no case ${id}\n`);
  return known.map(({ id, institutionId }) => ({ institutionId, caseId: id }));
}
