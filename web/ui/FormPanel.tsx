import { Button, Drawer } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../lib/api.ts';
import type { ApiProblem } from '../lib/api.ts';
import { draftOf } from '../lib/drafts.ts';
import { FaultList, ProblemNote } from './FormFaults.tsx';
import './form-styles.ts';
import classes from './FormPanel.module.css';
import { Note } from './Note.tsx';
import { BusyButton } from './BusyButton.tsx';
import { useDraft } from './use-draft.ts';

export type Values = Record<string, unknown>;
export type Form = UseFormReturnType<Values>;

interface FormPanelProps {
  title: string;
  lead?: ReactNode;
  /** What was typed is kept under this key until it is sent. */
  draftKey: string;
  initial: Values;
  submitLabel: string;
  /** Cannot be taken back: this is asked once more, with the effect shown, before it is sent. */
  confirm?: string;
  /** Message by path, for what can be said without asking the server. */
  validate: (values: Values) => Record<string, string>;
  labelOf: (path: string) => string;
  /** The field of the form that the server's path speaks of. */
  fieldOf?: (path: string) => string;
  fields: (form: Form) => ReactNode;
  /** What the form would change, shown inside it and redrawn as it is filled. */
  effect?: (values: Values) => ReactNode;
  submit: (values: Values) => Promise<void>;
  /** Somebody changed the thing meanwhile: take the new state and keep what was typed. */
  refresh?: () => Promise<unknown>;
  onClose: () => void;
}

/** One form in a side panel: keeps a draft, shows its effect, sums up the faults, tells a conflict from a refusal. */
export function FormPanel(props: FormPanelProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const form = useForm<Values>({ initialValues: { ...props.initial, ...draftOf(props.draftKey) } });
  const draft = useDraft(props.draftKey, props.initial, form.values);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const [told, setTold] = useState(0);
  const { values } = form;
  const focusSummary = (): void => setTold((times) => times + 1);
  // Only when it is drawn: an empty summary is not shown and takes no focus, and the answer would stay out of sight.
  useEffect(() => {
    if (told > 0) summary.current?.focus();
  }, [told]);

  useFocusKept();

  const faults = Object.entries(form.errors).map(([path, message]) => ({ path, message: message as string }));
  const submit = async (): Promise<void> => {
    const found = props.validate(form.values);
    form.setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return focusSummary();
    if (props.confirm !== undefined && !asking) {
      setAsking(true);
      return focusSummary();
    }
    setBusy(true);
    try {
      await props.submit(form.values);
      draft.done();
      props.onClose();
    } catch (error) {
      const refused = problemOf(error);
      const fieldOf = props.fieldOf ?? ((path: string) => path);
      const lacking = refused.fields.map((path): [string, string] => [fieldOf(path), t('form.lacking')]);
      const faulty = refused.errors.map((fault): [string, string] => [fieldOf(fault.path), fault.message]);
      form.setErrors(Object.fromEntries([...lacking, ...faulty]));
      setProblem(refused);
      setAsking(false);
      focusSummary();
    } finally {
      setBusy(false);
    }
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
          {draft.restored && !asking && (
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
            {faults.length > 0 && (problem === null || problem.errors.length > 0) && (
              <FaultList faults={faults} labelOf={props.labelOf} />
            )}
            {problem !== null && (problem.errors.length === 0 || faults.length === 0) && (
              <ProblemNote
                problem={problem}
                fields={faults.map(({ path }) => ({ path, label: props.labelOf(path) }))}
                refresh={props.refresh}
                onRefreshed={() => setProblem(null)}
              />
            )}
            {asking && (
              <Note tone="warn" title={t('form.confirmTitle')} live="alert">
                <p>{props.confirm}</p>
              </Note>
            )}
          </div>
          {/* Kept while the question is asked: going back finds every field as it was. */}
          <div className={classes.fields} hidden={asking}>
            {props.fields(form)}
          </div>
          {props.effect?.(values)}
          <div className={classes.buttons}>
            <BusyButton type="submit" busy={busy} color={props.confirm === undefined ? 'brand' : 'red'}>
              {asking ? t('form.confirmYes', { what: props.submitLabel }) : props.submitLabel}
            </BusyButton>
            <Button variant="default" onClick={asking ? () => setAsking(false) : props.onClose}>
              {t(asking ? 'form.confirmBack' : 'form.cancel')}
            </Button>
            {draft.kept && !asking && <span className="k-small k-dimmed">{t('form.draftKept')}</span>}
          </div>
        </form>
      </Drawer.Content>
    </Drawer.Root>
  );

  function startAfresh(): void {
    draft.forget();
    form.setValues(props.initial);
    form.clearErrors();
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
