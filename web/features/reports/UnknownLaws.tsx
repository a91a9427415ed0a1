import { useTranslation } from 'react-i18next';
import { Note } from '../../ui/Note.tsx';

/** Laws whose reports this server cannot name: without a word of it they would look as if nothing were due. */
export function UnknownLaws({ laws }: { laws: readonly string[] }) {
  const { t } = useTranslation('pages');
  return laws.length === 0 ? null : (
    <Note tone="danger" live="alert">
      <p>{t('reports.unknownLaws', { laws: laws.join(', ') })}</p>
    </Note>
  );
}
