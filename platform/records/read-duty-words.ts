import type { Duty } from '../../domain/case/duty.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { openTexts } from './family.ts';

/** Opens the words of what each duty is about; `null` where it has none or the case's key is destroyed. */
export async function readDutyWords(
  tx: Tx,
  keyring: Keyring,
  rows: readonly { caseId: string; duty: Pick<Duty, 'words'> }[],
): Promise<(string | null)[]> {
  const wanted = rows.flatMap(({ caseId, duty: { words } }) => (words ? [{ caseId, seq: words.seq }] : []));
  if (wanted.length === 0) return rows.map(() => null);
  const ids = [...new Set(wanted.map(({ caseId }) => caseId))];
  const sealed = await tx.eventText.findMany({
    where: { caseId: { in: ids }, seq: { in: [...new Set(wanted.map(({ seq }) => seq))] } },
  });
  const keys = await tx.caseKey.findMany({ where: { caseId: { in: ids } } });
  const unwrapped = new Map(
    keys.flatMap(({ caseId, wrapped }) => (wrapped ? [[caseId, keyring.unwrapCaseKey(caseId, wrapped)]] : [])),
  );
  const entry = (caseId: string, seq: number): string => `${caseId}/${seq}`;
  const asked = new Set(wanted.map(({ caseId, seq }) => entry(caseId, seq)));
  const texts = new Map(
    sealed
      .filter((row) => asked.has(entry(row.caseId, row.seq)))
      .map((row) => [
        entry(row.caseId, row.seq),
        openTexts(unwrapped.get(row.caseId) ?? null, row.caseId, row.seq, row.sealed),
      ]),
  );
  return rows.map(({ caseId, duty: { words } }) =>
    words ? (texts.get(entry(caseId, words.seq))?.[words.path] ?? null) : null,
  );
}
