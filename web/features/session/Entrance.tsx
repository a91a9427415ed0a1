import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BusyButton } from '../../ui/BusyButton.tsx';
import '../../ui/form-styles.ts';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import classes from './Entrance.module.css';
import { Preferences } from './Preferences.tsx';

/** The frame of a page for whoever is not signed in. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className={classes.screen}>
      <div className={classes.box}>
        <p className={classes.product}>{t('product')}</p>
        <Page title={title}>{children}</Page>
        <Preferences />
      </div>
    </main>
  );
}

interface EntranceFormProps {
  /** What is wrong, in words. */
  fault: string | null;
  busy: boolean;
  submitLabel: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** Its one form: the fault above the fields, one button below them. */
export function EntranceForm({ fault, busy, submitLabel, onSubmit, children }: EntranceFormProps) {
  return (
    <form
      className="k-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {fault !== null && (
        <Note tone="danger" live="alert">
          <p>{fault}</p>
        </Note>
      )}
      {children}
      <BusyButton type="submit" busy={busy} fullWidth>
        {submitLabel}
      </BusyButton>
    </form>
  );
}
