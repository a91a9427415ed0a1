import { endEveryAccess } from '../platform/auth/end-every-access.ts';
import { createKeyring } from '../platform/crypto/keyring.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { checkCase, checkOwnLog } from '../platform/records/check-case.ts';
import type { RecordsDeps } from '../platform/records/contract.ts';
import { loadRules } from '../platform/records/load-rules.ts';
import { rebuildCase, rebuildOwnNotices } from '../platform/records/rebuild.ts';
import { listInstitutionIds } from '../platform/records/system-lookup.ts';
import { destroyOldBodies } from '../platform/records/retention.ts';
import { settleRestored } from '../platform/reconcile/settle-restored.ts';
import { findAccounts, findOrTell, findRecords } from './records-settings.ts';

const usage = `kurator records check [ДЕЛО…]     сверить дела и журналы учреждений с их записями: цепочка, сроки, повестка / compare cases, and institutions’ own logs, with their facts
kurator records rebuild [ДЕЛО…]   построить сроки, повестку и письма об отчётах заново из записей / write what follows from the facts anew
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
  const settings = findOrTell(findRecords, env);
  if (settings === null) return 1;
  const db = createDatabase({ appUrl: settings.appUrl, systemUrl: settings.systemUrl, connections: 2 });
  try {
    return await run(
      { db, keyring: createKeyring(settings.secrets), rules: loadRules(), now: () => new Date() },
      cases,
      env,
    );
  } finally {
    await db.close();
  }
}

async function check(deps: RecordsDeps, wanted: string[]): Promise<number> {
  let count = 0;
  let faults = 0;
  const { cases, institutions } = await findLogs(deps, wanted);
  for (const { institutionId, id } of [...cases, ...institutions]) {
    const checked = id === institutionId ? checkOwnLog : checkCase;
    const found = await deps.db.inSnapshot({ institutionId }, (tx) => checked(tx, deps, id));
    const name = id === institutionId ? `institution ${id}` : id;
    for (const { of, at, fault } of found) process.stdout.write(`${name}  ${of}  ${at}: ${fault}\n`);
    count += 1;
    faults += found.length;
  }
  process.stdout.write(
    `${cases.length} cases and ${institutions.length} logs of institutions checked, ${faults} differences\n`,
  );
  return faults === 0 && count >= wanted.length ? 0 : 1;
}

async function rebuild(deps: RecordsDeps, wanted: string[]): Promise<number> {
  const { cases, institutions } = await findLogs(deps, wanted);
  for (const { id } of cases) await rebuildCase(deps, id);
  for (const { id } of institutions) await rebuildOwnNotices(deps, id);
  process.stdout.write(
    `${cases.length} cases rebuilt from their facts, and the mails of ${institutions.length} institutions’ own duties\n`,
  );
  return cases.length + institutions.length >= wanted.length ? 0 : 1;
}

async function retention(deps: RecordsDeps): Promise<number> {
  const destroyed = await destroyOldBodies(deps.db, deps.now());
  process.stdout.write(`${destroyed} bodies destroyed\n`);
  return 0;
}

async function restored(deps: RecordsDeps, times: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const [since, until = deps.now()] = times.map((time) => new Date(time));
  if (!since || Number.isNaN(since.getTime()) || !(until >= since) || until > deps.now()) {
    process.stderr.write(
      `"${times.join(' ')}" are no times that have passed: write 2026-03-02T18:00:00Z, or two of them\n`,
    );
    return 2;
  }
  const accounts = findOrTell(findAccounts, env);
  if (accounts === null) return 1;
  const ended = await endEveryAccess(accounts.authUrl);
  const { woken, failed, uncertain, repeated } = await settleRestored(deps, { since, until });
  for (const { caseId, fault } of failed) process.stdout.write(`case ${caseId} could not be woken: ${fault}\n`);
  for (const { number, key, at } of uncertain)
    process.stdout.write(
      `case ${number}: the reminder of ${at.toISOString()} may have gone out, it is not repeated (${key})\n`,
    );
  process.stdout.write(
    `${woken} cases woken; ${uncertain.length} reminders uncertain; ${repeated} notices of the lost time go out, each under its own Message-ID\n` +
      `${ended.sessions} sessions and ${ended.links} unused links ended: everybody signs in anew; whoever left since ${since.toISOString()} must be marked again (kurator staff leave)\n`,
  );
  return 0;
}

const words: Record<string, (deps: RecordsDeps, rest: string[], env: NodeJS.ProcessEnv) => Promise<number>> = {
  ...{ check, rebuild, restored, retention },
};

interface LogToCheck {
  institutionId: string;
  /** The case's, or the institution's for its own log. */
  id: string;
}

async function findLogs(
  { db }: RecordsDeps,
  wanted: string[],
): Promise<{ cases: LogToCheck[]; institutions: LogToCheck[] }> {
  const [cases, institutions] = await Promise.all([
    db.inSystemScope((tx) => tx.case.findMany({ select: { id: true, institutionId: true }, orderBy: { id: 'asc' } })),
    listInstitutionIds(db),
  ]);
  const known = { cases, institutions: institutions.map((id) => ({ id, institutionId: id })) };
  const ids = new Set([...cases.map(({ id }) => id), ...institutions]);
  for (const id of wanted) if (!ids.has(id)) process.stderr.write(`there is no case or institution ${id}\n`);
  const chosen = (logs: LogToCheck[]): LogToCheck[] =>
    wanted.length === 0 ? logs : logs.filter(({ id }) => wanted.includes(id));
  return { cases: chosen(known.cases), institutions: chosen(known.institutions) };
}
