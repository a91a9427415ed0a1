import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../lib/api.ts';
import { BusyButton } from '../../ui/BusyButton.tsx';
import '../../ui/form-styles.ts';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { setPassword } from './commands.ts';
import { Preferences } from './Preferences.tsx';
import classes from './SignIn.module.css';

/** The API's own bound (platform/auth), said before it refuses. */
const shortest = 12;

/** Where a one-time link leads: a person chooses a password that nobody else gets to know. */
export function SetPassword({ token, onSignIn }: { token: string; onSignIn: () => void }) {
  const { t } = useTranslation('pages');
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [fault, setFault] = useState<string | null>(token === '' ? t('password.noToken') : null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);

  const submit = async (): Promise<void> => {
    if (first.length < shortest) return setFault(t('password.short'));
    if (first !== again) return setFault(t('password.differ'));
    setBusy(true);
    setFault(null);
    try {
      await setPassword(token, first);
      setDone(true);
    } catch (error) {
      setFault(words(error instanceof ApiProblem ? error : new ApiProblem(0, { code: 'offline' })));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <p className={classes.product}>{t('product', { ns: 'shell' })}</p>
        <Page title={t('password.title')}>
          {done ? (
            <div className="k-stack">
              <Note tone="info" live="status">
                <p>{t('password.done')}</p>
              </Note>
              <Button fullWidth onClick={onSignIn}>
                {t('password.signIn')}
              </Button>
            </div>
          ) : (
            <form
              className="k-stack"
              noValidate
              onSubmit={(event) => {
                event.preventDefault();
                void submit();
              }}
            >
              {fault !== null && (
                <Note tone="danger" live="alert">
                  <p>{fault}</p>
                </Note>
              )}
              <PasswordInput
                label={t('password.password')}
                description={t('password.hint')}
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
              <BusyButton type="submit" busy={busy} fullWidth>
                {t('password.submit')}
              </BusyButton>
            </form>
          )}
        </Page>
        <Preferences />
      </div>
    </main>
  );

  function words(found: ApiProblem): string {
    if (found.status === 0) return t('async.offline', { ns: 'shell' });
    if (found.status === 429) return t('password.tooMany');
    if (found.code === 'password.link-invalid') return t('password.gone');
    return t('password.broken', { code: found.code });
  }
}
