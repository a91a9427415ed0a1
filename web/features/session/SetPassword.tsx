import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { Note } from '../../ui/Note.tsx';
import { setPassword } from './commands.ts';
import { Entrance, EntranceForm } from './Entrance.tsx';
import { minPasswordLength } from './password-length.ts';

/** Where a one-time link leads: a person chooses a password that nobody else gets to know. */
export function SetPassword({ token, onSignIn }: { token: string; onSignIn: () => void }) {
  const { t } = useTranslation('pages');
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<string | null>(token === '' ? t('password.noToken') : null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const submit = async (): Promise<void> => {
    if (first.length < minPasswordLength) return setFault(t('password.short', { length: minPasswordLength }));
    if (first !== again) return setFault(t('password.differ'));
    setBusy(true);
    setFault(null);
    try {
      await setPassword(token, first);
      setDone(true);
    } catch (error) {
      setFault(words(problemOf(error)));
    } finally {
      setBusy(false);
    }
  };

  if (done)
    return (
      <Entrance title={t('password.title')}>
        <Note tone="info" live="status">
          <p>{t('password.done')}</p>
        </Note>
        <Button fullWidth onClick={onSignIn}>
          {t('password.signIn')}
        </Button>
      </Entrance>
    );
  return (
    <Entrance title={t('password.title')}>
      <EntranceForm fault={fault} busy={busy} submitLabel={t('password.submit')} onSubmit={() => void submit()}>
        <PasswordInput
          label={t('password.password')}
          description={t('password.hint', { length: minPasswordLength })}
          name="new-password"
          autoComplete="new-password"
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        />
        <PasswordInput
          label={t('password.again')}
          name="new-password-again"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        />
      </EntranceForm>
    </Entrance>
  );

  function words(found: ApiProblem): string {
    if (found.status === 0) return t('async.offline', { ns: 'shell' });
    if (found.status === 429) return t('password.tooMany');
    if (found.code === 'password.link-invalid') return t('password.gone');
    return t('password.broken', { code: found.code });
  }
}
