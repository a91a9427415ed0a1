import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** What the chain covers of an entry: ids, codes, days and keyed hashes; never a personal text. */
export interface ChainedEntry {
  /** The case's id, or that of the institution whose own log it is. */
  caseId: string;
  seq: number;
  kind: string;
  root: number;
  on: string;
  recordedAt: string;
  recordedOn: string;
  commandId: string;
  data: unknown;
  textHashes: unknown;
}

/** The chain of a log starts from its id, so that a whole log cannot be passed off as another one. */
export function chainStart(caseId: string): Buffer {
  return createHash('sha256').update(`kurator case ${caseId}`, 'utf8').digest();
}

/** SHA-256 over a canonical encoding of the entry and the hash before it. */
export function hashEntry(entry: ChainedEntry, previous: Uint8Array): Buffer {
  const { caseId, seq, kind, root, on, recordedAt, recordedOn, commandId, data, textHashes } = entry;
  const encoded = canonicalJson([caseId, seq, kind, root, on, recordedAt, recordedOn, commandId, data, textHashes]);
  return createHash('sha256').update(previous).update(encoded, 'utf8').digest();
}
