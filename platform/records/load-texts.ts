import type { Command } from '../../domain/commands/catalog.ts';
import type { Fact } from '../../domain/case/fact.ts';
import type { CaseKey } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { openTexts } from './family.ts';
import type { LoadedCase } from './load-case.ts';

/** Entries whose words a command may name something by. */
const kindsWithMeasures = ['planDrafted', 'planCorrected', 'measureGiven'];

/**
 * The facts a command is judged by. Texts stay sealed, but for the two commands that may name a measure in words
 * instead of by its id.
 */
export async function loadTexts(
  tx: Tx,
  { loaded, key }: { loaded: LoadedCase; key: CaseKey },
  command: Command,
): Promise<Fact[]> {
  const judged = command.replacement ?? command;
  const inWords =
    (judged.command === 'recordResult' || judged.command === 'giveMeasure') &&
    judged.data['measure'] === undefined &&
    (judged.texts['what'] !== undefined || judged.texts['measure'] !== undefined);
  if (!inWords) return loaded.facts;
  const seqs = loaded.facts.filter(({ kind }) => kindsWithMeasures.includes(kind)).map(({ seq }) => seq);
  const rows = await tx.eventText.findMany({ where: { caseId: loaded.caseId, seq: { in: seqs } } });
  const texts = new Map(rows.map((row) => [row.seq, openTexts(key, loaded.caseId, row.seq, row.sealed)]));
  return loaded.facts.map((fact) => {
    const found = texts.get(fact.seq);
    return found === undefined ? fact : { ...fact, texts: found };
  });
}
