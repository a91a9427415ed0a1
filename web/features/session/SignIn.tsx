import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../lib/api.ts';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { signIn } from './commands.ts';
import '../../ui/form-styles.ts';
import { Preferences } from './Preferences.tsx';
import classes from './SignIn.module.css';
import { BusyButton } from '../../ui/BusyButton.tsx';

export function SignIn({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('pages');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password);
      onSignedIn();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem(0, { code: 'offline' }));
    } finally {
      setBusy(false);
    }
  };

  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <p className={classes.product}>{t('product', { ns: 'shell' })}</p>
        <Page title={t('signIn.title')}>
          <form
            className="k-stack"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            {problem !== null && (
              <Note tone="danger" live="alert">
                <p>{words(problem)}</p>
              </Note>
            )}
            <TextInput
              label={t('signIn.email')}
              type="email"
              name="email"
              autoComplete="username"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              label={t('signIn.password')}
              name="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            />
            <BusyButton type="submit" busy={busy} fullWidth>
              {t('signIn.submit')}
            </BusyButton>
          </form>
        </Page>
        <Preferences />
      </div>
    </main>
  );

  function words(found: ApiProblem): string {
    if (found.status === 0) return t('async.offline', { ns: 'shell' });
    if (found.status === 429) return t('signIn.tooMany');
    return found.status < 500 ? t('signIn.wrong') : t('signIn.broken', { code: found.code });
  }
}
