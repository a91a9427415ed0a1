import type { Keyring, CaseKey } from '../crypto/keyring.ts';
import type { Family } from './contract.ts';

/** Where each sealed value belongs; part of what is authenticated, so a row's bytes open in no other row. */
export const places = {
  family: (caseId: string): string => `families/${caseId}`,
  command: (commandId: string): string => `commands/${commandId}`,
  texts: (caseId: string, seq: number): string => `event_texts/${caseId}/${seq}`,
};

export interface SealedFamily {
  caseId: string;
  wrapped: Uint8Array | null;
  sealedFamily: Uint8Array | null;
}

/** The family of a case; `null` once its key is destroyed. */
export function openFamily(keyring: Keyring, row: SealedFamily): Family | null {
  if (row.wrapped === null || row.sealedFamily === null) return null;
  return keyring.unwrapCaseKey(row.caseId, row.wrapped).open(places.family(row.caseId), row.sealedFamily) as Family;
}

/** The texts of an entry by their path; empty once the case's key is destroyed. */
export function openTexts(
  key: CaseKey | null,
  caseId: string,
  seq: number,
  sealed: Uint8Array | null,
): Record<string, string> {
  if (key === null || sealed === null) return {};
  return key.open(places.texts(caseId, seq), sealed) as Record<string, string>;
}
