import { Button, Drawer } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../lib/api.ts';
import { draftOf, dropDraft, saveDraft } from '../lib/drafts.ts';
import { FaultList, ProblemNote } from './FormFaults.tsx';
import './form-styles.ts';
import classes from './FormPanel.module.css';
import { Note } from './Note.tsx';
import { BusyButton } from './BusyButton.tsx';

export type Values = Record<string, unknown>;
export type Form = UseFormReturnType<Values>;

interface FormPanelProps {
  title: string;
  lead?: ReactNode;
  /** What was typed is kept under this key until it is sent. */
  draftKey: string;
  initial: Values;
  submitLabel: string;
  danger?: boolean;
  /** Message by path, for what can be said without asking the server. */
  validate: (values: Values) => Record<string, string>;
  labelOf: (path: string) => string;
  fields: (form: Form) => ReactNode;
  /** What the form would change, shown inside it and redrawn as it is filled. */
  effect?: (values: Values) => ReactNode;
  submit: (values: Values) => Promise<void>;
  /** Somebody changed the thing meanwhile: take the new state and keep what was typed. */
  refresh?: () => Promise<unknown>;
  onClose: () => void;
}

const draftDelay = 600;

/** One form in a side panel: keeps a draft, shows its effect, sums up the faults, tells a conflict from a refusal. */
export function FormPanel(props: FormPanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const [restored, setRestored] = useState(() => draftOf(props.draftKey) !== null);
  const form = useForm<Values>({ initialValues: { ...props.initial, ...draftOf(props.draftKey) } });
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const { values } = form;
  const sent = useRef(false);

  // Saved by changed fields only, so that a later opening takes fresh defaults for the rest.
  const changed = changesOf(values, props.initial);
  const changedText = JSON.stringify(changed);
  const flush = useRef<() => void>(() => undefined);
  useEffect(() => {
    flush.current = () => {
      if (sent.current) return;
      if (changedText === '{}') dropDraft(props.draftKey);
      else saveDraft(props.draftKey, JSON.parse(changedText) as Values);
    };
    const timer = setTimeout(() => flush.current(), draftDelay);
    return () => clearTimeout(timer);
  }, [changedText, props.draftKey]);
  useEffect(() => {
    const now = (): void => flush.current();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      now();
    };
  }, []);

  useFocusKept();

  const faults = Object.entries(form.errors).map(([path, message]) => ({ path, message: message as string }));
  const submit = async (): Promise<void> => {
    const found = props.validate(form.values);
    form.setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return focusSummary();
    setBusy(true);
    try {
      await props.submit(form.values);
      sent.current = true;
      dropDraft(props.draftKey);
      props.onClose();
    } catch (error) {
      const told = error instanceof ApiProblem ? error : new ApiProblem(0, { code: 'offline' });
      form.setErrors(Object.fromEntries(told.errors.map((fault) => [fault.path, fault.message])));
      setProblem(told);
      focusSummary();
    } finally {
      setBusy(false);
    }
  };
  const focusSummary = (): void => {
    setTimeout(() => summary.current?.focus(), 0);
  };

  return (
    <Drawer.Root
      opened
      onClose={props.onClose}
      position="right"
      size="min(640px, 100vw)"
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={classes.header}>
          <Drawer.Title className={classes.title}>
            <span id={titleId}>{props.title}</span>
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t('form.close')} size="lg" />
        </div>
        <form
          noValidate
          aria-labelledby={titleId}
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          {props.lead}
          {restored && (
            <Note tone="plain">
              <div className="k-row">
                <span>{t('form.restored')}</span>
                <button type="button" className="k-link-button" onClick={startAfresh}>
                  {t('form.startAfresh')}
                </button>
              </div>
            </Note>
          )}
          <div ref={summary} tabIndex={-1} className={classes.summary}>
            {faults.length > 0 && <FaultList faults={faults} labelOf={props.labelOf} />}
            {problem !== null && (problem.errors.length === 0 || faults.length === 0) && (
              <ProblemNote problem={problem} refresh={props.refresh} onRefreshed={() => setProblem(null)} />
            )}
          </div>
          {props.fields(form)}
          {props.effect?.(values)}
          <div className={classes.buttons}>
            <BusyButton type="submit" busy={busy} color={props.danger === true ? 'red' : 'brand'}>
              {props.submitLabel}
            </BusyButton>
            <Button variant="default" onClick={props.onClose}>
              {t('form.cancel')}
            </Button>
            {changedText !== '{}' && <span className="k-small k-dimmed">{t('form.draftKept')}</span>}
          </div>
        </form>
      </Drawer.Content>
    </Drawer.Root>
  );

  function startAfresh(): void {
    dropDraft(props.draftKey);
    form.setValues(props.initial);
    form.clearErrors();
    setRestored(false);
  }
}

/** When the panel is gone the focus goes back to what opened it, or to the heading when that has gone too; never to nothing. */
function useFocusKept(): void {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const from = opener.current;
    return () => {
      setTimeout(() => {
        if (document.activeElement !== document.body && document.activeElement !== null) return;
        const target = from instanceof HTMLElement && from.isConnected ? from : document.querySelector('h1');
        target?.focus();
      }, 0);
    };
  }, []);
}

/** The fields that differ from what the form opened with. */
function changesOf(values: Values, initial: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(initial[name])),
  );
}
