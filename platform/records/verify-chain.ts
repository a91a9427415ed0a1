import { timingSafeEqual } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { openTexts } from './family.ts';
import { chainStart, hashEntry } from './hash-chain.ts';

/** One thing that is not as the records wrote it. */
export interface ChainFault {
  caseId: string;
  /** `null`: it is about the log as a whole. */
  seq: number | null;
  fault: 'missing entry' | 'broken link' | 'changed entry' | 'changed text' | 'missing text' | 'wrong head';
}

interface RawEntry {
  seq: number;
  kind: string;
  root: number;
  on: string;
  recordedAt: Date;
  recordedOn: string;
  commandId: string;
  data: unknown;
  textHashes: Record<string, string>;
  previousHash: Uint8Array;
  hash: Uint8Array;
  sealed: Uint8Array | null;
}

/**
 * Walks the log of a case, or an institution's own, from its start: each entry must follow the one before, hash to what
 * it says, and its texts must match their keyed hashes (as long as its key lives). An empty list means that nothing was
 * touched.
 * @param caseId the case's id, or that of the institution whose own log it is
 */
export async function verifyChain(tx: Tx, keyring: Keyring, caseId: string): Promise<ChainFault[]> {
  const [head] = await tx.$queryRaw<{ seq: number; headHash: Uint8Array | null }[]>`
    SELECT seq, head_hash AS "headHash" FROM cases WHERE id = ${caseId}::uuid
    UNION ALL SELECT log_seq, log_hash FROM institutions WHERE id = ${caseId}::uuid`;
  const stored = await tx.caseKey.findUnique({ where: { caseId }, select: { wrapped: true } });
  if (head === undefined) return [];
  const entries = await tx.$queryRaw<RawEntry[]>`
    SELECT e.seq, e.kind, e.root, to_char(e."on", 'YYYY-MM-DD') AS "on", e.recorded_at AS "recordedAt", to_char(e.recorded_on, 'YYYY-MM-DD') AS "recordedOn",
      e.command_id AS "commandId", e.data, e.text_hashes AS "textHashes", e.previous_hash AS "previousHash", e.hash, t.sealed
    FROM events e LEFT JOIN event_texts t ON t.case_id = e.case_id AND t.seq = e.seq
    WHERE e.case_id = ${caseId}::uuid ORDER BY e.seq`;
  const key = stored?.wrapped ? keyring.unwrapCaseKey(caseId, stored.wrapped) : null;
  const faults: ChainFault[] = [];
  let previous: Uint8Array = chainStart(caseId);
  let expectedSeq = 1;
  for (const entry of entries) {
    const report = (fault: ChainFault['fault']) => faults.push({ caseId, seq: entry.seq, fault });
    if (entry.seq !== expectedSeq) report('missing entry');
    if (!same(entry.previousHash, previous)) report('broken link');
    if (
      !same(hashEntry({ caseId, ...entry, recordedAt: entry.recordedAt.toISOString() }, entry.previousHash), entry.hash)
    )
      report('changed entry');
    if (key !== null) {
      const wanted = Object.entries(entry.textHashes);
      if (wanted.length > 0 && entry.sealed === null) report('missing text');
      else if (
        !textsMatch(
          () => openTexts(key, caseId, entry.seq, entry.sealed),
          wanted,
          (text) => key.mac(text),
        )
      )
        report('changed text');
    }
    previous = entry.hash;
    expectedSeq = entry.seq + 1;
  }
  // A log that nobody has written in yet has no last hash: only the institution's own may be empty.
  if (head.seq !== expectedSeq - 1 || !same(head.headHash ?? chainStart(caseId), previous))
    faults.push({ caseId, seq: null, fault: 'wrong head' });
  return faults;
}

function textsMatch(
  open: () => Record<string, string>,
  wanted: [string, string][],
  mac: (text: string) => string,
): boolean {
  try {
    const texts = open();
    return (
      Object.keys(texts).length === wanted.length &&
      wanted.every(([path, hash]) => texts[path] !== undefined && mac(texts[path]) === hash)
    );
  } catch {
    // Sealed bytes that do not open were changed: that is the finding, not an error of the check.
    return false;
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
