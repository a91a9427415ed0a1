import type { CaseKey } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { createKey } from './accept-command.ts';
import type { RecordsDeps } from './contract.ts';

/**
 * The institution's turn in its own log, by the same lock as a case's: the row of the log's key, held until the
 * transaction ends. One at a time writes there and plans its notices.
 */
export async function takeOwnTurn(tx: Tx, deps: Pick<RecordsDeps, 'keyring'>, institutionId: string): Promise<CaseKey> {
  const wrapped = (await lock(tx, institutionId)) ?? (await createAndLock(tx, deps, institutionId));
  return deps.keyring.unwrapCaseKey(institutionId, wrapped);
}

async function createAndLock(tx: Tx, deps: Pick<RecordsDeps, 'keyring'>, institutionId: string): Promise<Uint8Array> {
  await createKey(tx, deps, institutionId, institutionId);
  // Of two that came first at once, the one that did not make the key holds nothing yet.
  const wrapped = await lock(tx, institutionId);
  if (wrapped === undefined) throw new Error(`the key of the log of institution ${institutionId} is destroyed`);
  return wrapped;
}

async function lock(tx: Tx, institutionId: string): Promise<Uint8Array | undefined> {
  const [row] = await tx.$queryRaw<{ wrapped: Uint8Array | null }[]>`
    SELECT wrapped FROM case_keys WHERE case_id = ${institutionId}::uuid FOR NO KEY UPDATE`;
  return row?.wrapped ?? undefined;
}
