import { useTranslation } from 'react-i18next';
import { say } from '../../lib/i18n.ts';
import { useNamed } from '../../lib/names.ts';
import type { Refusal } from './offer.ts';
import classes from './WhyNot.module.css';

/** What is missing before the deed of a row can be recorded, where its button would be. */
export function WhyNot({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('pages');
  const named = useNamed();
  if (refusal === null) return null;
  const words = refusal.missing.length > 0 ? refusal.missing : [refusal.text];
  return (
    <p className={classes.whyNot}>
      {t('duty.notYet')}: {words.map((one) => named(say(one))).join('; ')}
    </p>
  );
}
