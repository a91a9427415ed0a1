import { useTranslation } from 'react-i18next';
import type { Unreckoned } from '../../lib/shapes.ts';
import { Note } from '../../ui/Note.tsx';

interface UnknownLawsProps {
  /** Laws whose reports this server cannot name. */
  laws: readonly string[];
  /** Cases whose law this server cannot read, by law. */
  cases?: readonly Unreckoned[];
}

/** So many are named; who sees more has the whole service before his eyes, and an administrator to call. */
const numbersShown = 10;

/** What is missing here because the server has no file of a law: without a word of it nothing would seem to be due. */
export function UnknownLaws({ laws, cases = [] }: UnknownLawsProps) {
  const { t } = useTranslation('pages');
  if (laws.length === 0 && cases.length === 0) return null;
  const numbersOf = (numbers: readonly string[]): string => {
    const shown = numbers.slice(0, numbersShown).join(', ');
    const rest = numbers.length - numbersShown;
    return rest > 0 ? t('unknownLaws.andMore', { shown, count: rest }) : shown;
  };
  return (
    <Note tone="danger" live="alert">
      {cases.map(({ regulation, cases: numbers }) => (
        <p key={regulation}>{t('unknownLaws.cases', { law: regulation, numbers: numbersOf(numbers) })}</p>
      ))}
      {laws.length > 0 && <p>{t('unknownLaws.reports', { laws: laws.join(', ') })}</p>}
    </Note>
  );
}
