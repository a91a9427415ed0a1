import { useTranslation } from 'react-i18next';
import { say } from '../lib/i18n.ts';
import type { Sentence } from '../lib/shapes.ts';

interface RefusalWordsProps {
  text: string;
  clause: string | null;
  missing: readonly Sentence[];
}

/** Why a step is not taken, its clause, and what is missing: each said once, though the sentence may name all three. */
export function RefusalWords({ text, clause, missing }: RefusalWordsProps) {
  const { t } = useTranslation();
  const unsaid = missing.map(say).filter((sentence) => !text.includes(sentence));
  return (
    <>
      <p>{text}</p>
      {clause !== null && !text.includes(clause) && <p className="k-strong">{t('why.clause', { clause })}</p>}
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
