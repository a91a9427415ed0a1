import type { ButtonProps } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Trouble } from './Async.tsx';
import { BusyButton } from './BusyButton.tsx';

interface CommandButtonProps extends Pick<ButtonProps, 'variant' | 'size' | 'color'> {
  children: ReactNode;
  /** Does the thing; whatever it throws is shown beside the button, never lost. */
  run: () => Promise<unknown>;
  /** Said when it is done. */
  done?: (outcome: unknown) => ReactNode;
}

/** A button for one deed without a form: shows that it works, what came of it, and why it failed. */
export function CommandButton({ children, run, done, ...look }: CommandButtonProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<{ busy: boolean; error: Error | null; outcome?: unknown }>({
    busy: false,
    error: null,
  });
  const press = (): void => {
    setState({ busy: true, error: null });
    run().then(
      (outcome) => setState({ busy: false, error: null, outcome: outcome ?? true }),
      (error: unknown) =>
        setState({ busy: false, error: error instanceof Error ? error : new Error(t('async.unknown')) }),
    );
  };
  return (
    <>
      <BusyButton {...look} busy={state.busy} onClick={press}>
        {children}
      </BusyButton>
      <span role="status" className="k-small">
        {state.outcome !== undefined && done?.(state.outcome)}
      </span>
      {state.error !== null && <Trouble error={state.error} retry={press} busy={state.busy} />}
    </>
  );
}
