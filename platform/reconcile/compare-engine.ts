import type { Client } from '@temporalio/client';
import { dispatcherId } from '../../workflows/messages.ts';
import type { Database } from '../database/scope.ts';
import { listInstitutionIds } from '../records/system-lookup.ts';
import { askStanding } from '../temporal/ask-standing.ts';
import { eachOf } from '../temporal/each-of.ts';
import { isRunning } from '../temporal/is-running.ts';

/**
 * What one of the two knows and the other does not.
 * `unknownCase`: the engine runs a case that the records do not have. `lostEntries`: it has seen later entries than the
 * records hold. Both happen only when the records were set back to an older state. `notRunning`: a live case (open, or
 * ended with something left to say) without a workflow. `closedCase`: a workflow of any other. `behind`: the engine has not seen the last entries.
 * `wakeDiffers`: it would wake the case at another moment. `silent`: its workflow did not answer in time.
 */
export type EngineFault =
  'unknownCase' | 'lostEntries' | 'notRunning' | 'closedCase' | 'behind' | 'wakeDiffers' | 'silent' | 'noDispatcher';

export interface EngineDifference {
  /** The case; with `noDispatcher` the institution. */
  id: string;
  fault: EngineFault;
  /** The last entry's number and the next wake, as each side has them; `null`: it knows of none. */
  records: { seq: number; nextWakeAt: string | null } | null;
  engine: { seq: number; nextWakeAt: string | null } | null;
}

export interface EngineComparison {
  /** Live cases of the records and workflows of the engine, each case once. */
  cases: number;
  differences: EngineDifference[];
}

interface Head {
  live: boolean;
  seq: number;
  nextWakeAt: string | null;
}

const sideBySide = 8;
/** A wake is kept to the second. */
const sameWakeMs = 1_000;

/** Compares what the engine believes of every case with the records. Changes nothing. Needs a worker, which answers for the workflows. */
export async function compareWithEngine({ db, client }: { db: Database; client: Client }): Promise<EngineComparison> {
  const running = new Set<string>();
  const query = "WorkflowType = 'familyCase' AND ExecutionStatus = 'Running'";
  for await (const { workflowId } of client.workflow.list({ query })) running.add(workflowId);
  const heads = await readHeads(db);
  const differences: EngineDifference[] = [];
  for (const institutionId of await listInstitutionIds(db)) {
    if (!(await isRunning(client, dispatcherId(institutionId))))
      differences.push({ id: institutionId, fault: 'noDispatcher', records: null, engine: null });
  }
  const ids = new Set([...running, ...[...heads].filter(([, { live }]) => live).map(([id]) => id)]);
  await eachOf([...ids], sideBySide, async (id) => {
    const found = await compareCase(client, id, heads.get(id));
    if (found) differences.push({ id, ...found });
  });
  return { cases: ids.size, differences: differences.sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

async function compareCase(
  client: Client,
  id: string,
  head: Head | undefined,
): Promise<Omit<EngineDifference, 'id'> | null> {
  const known = await askStanding(client, id);
  const records = head ? { seq: head.seq, nextWakeAt: head.nextWakeAt } : null;
  if (known === 'notRunning') return head?.live ? { fault: 'notRunning', records, engine: null } : null;
  if (known === 'silent') return { fault: 'silent', records, engine: null };
  const engine = known && { seq: known.seq, nextWakeAt: known.nextWakeAt };
  if (!head) return { fault: 'unknownCase', records, engine };
  if (!head.live) return { fault: 'closedCase', records, engine };
  if (engine === null || engine.seq < head.seq) return { fault: 'behind', records, engine };
  if (engine.seq > head.seq) return { fault: 'lostEntries', records, engine };
  return isSameWake(engine.nextWakeAt, head.nextWakeAt) ? null : { fault: 'wakeDiffers', records, engine };
}

async function readHeads(db: Database): Promise<Map<string, Head>> {
  const heads = new Map<string, Head>();
  for (const institutionId of await listInstitutionIds(db)) {
    const rows = await db.inSnapshot({ institutionId }, (tx) =>
      tx.case.findMany({ select: { id: true, status: true, seq: true, nextWakeAt: true } }),
    );
    for (const { id, status, seq, nextWakeAt } of rows)
      heads.set(id, {
        live: status === 'open' || nextWakeAt !== null,
        seq,
        nextWakeAt: nextWakeAt?.toISOString() ?? null,
      });
  }
  return heads;
}

function isSameWake(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(Date.parse(a) - Date.parse(b)) <= sameWakeMs;
}
