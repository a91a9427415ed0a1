import { useTranslation } from 'react-i18next';
import { sayClause } from '../lib/clause.ts';
import { say } from '../lib/i18n.ts';
import { useNamed } from '../lib/names.ts';
import type { Sentence } from '../lib/shapes.ts';

interface RefusalWordsProps {
  text: string;
  clause: string | null;
  missing: readonly Sentence[];
}

/** Why a step is not taken, its clause, and what is missing: each said once, though the sentence may name all three. */
export function RefusalWords({ text: said, clause, missing }: RefusalWordsProps) {
  const { t } = useTranslation();
  const named = useNamed();
  const text = named(said);
  const unsaid = missing.map((sentence) => named(say(sentence))).filter((sentence) => !text.includes(sentence));
  return (
    <>
      <p>{text}</p>
      {clause !== null && !cites(text, clause) && <p className="k-strong">{sayClause(clause)}</p>}
      {unsaid.length > 0 && (
        <>
          <p>{t('form.missing')}</p>
          <ul>
            {unsaid.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Whether the sentence names the clause, by its number or by its words. */
const cites = (text: string, clause: string): boolean =>
  text.includes(clause) || text.toLowerCase().includes(sayClause(clause).toLowerCase());
