import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../lib/api.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { signIn } from './commands.ts';
import { Entrance, EntranceForm } from './Entrance.tsx';

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
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Entrance title={t('signIn.title')}>
      <EntranceForm
        fault={problem === null ? null : words(problem)}
        busy={busy}
        submitLabel={t('signIn.submit')}
        onSubmit={() => void submit()}
      >
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
      </EntranceForm>
    </Entrance>
  );

  function words(found: ApiProblem): string {
    if (found.status === 0) return t('async.offline', { ns: 'shell' });
    if (found.status === 429) return t('signIn.tooMany');
    return found.status < 500 ? t('signIn.wrong') : t('signIn.broken', { code: found.code });
  }
}
