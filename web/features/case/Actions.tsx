import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dottedDay } from '../../lib/days.ts';
import { say } from '../../lib/i18n.ts';
import type { CaseView, PossibleAction } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { RefusalWords } from '../../ui/RefusalWords.tsx';
import type { CommandForm } from '../command/fields.ts';
import { commandForms, rowCommands } from '../command/forms.ts';
import { useWording } from '../command/wording.ts';
import classes from './Actions.module.css';
import { nextSteps, stepsShown } from './next-steps.ts';
import type { Step } from './next-steps.ts';
import { actionsQuery, dutiesQuery, logQuery } from './queries.ts';

const groupOrder: CommandForm['group'][] = ['start', 'plan', 'work', 'result', 'end', 'papers', 'record'];

/** Asked for seldom: folded, so that the daily deeds stand without scrolling. Support that nears its end is about its end. */
const isSeldom = (group: CommandForm['group'], { stage }: CaseView): boolean =>
  ['papers', 'record'].includes(group) || (group === 'end' && stage !== 'reflective' && stage !== 'postSupport');

/**
 * What the API allows this person to do with the case now: what meets an open duty, then what the case's regulation
 * speaks of, then, folded, what may be recorded in any case; and for the rest what is missing.
 */
export function Actions({ kase, onChoose }: { kase: CaseView; onChoose: (step: Step) => void }) {
  const { t } = useTranslation('case');
  const { t: command } = useTranslation('command');
  const wording = useWording();
  const actions = useQuery(actionsQuery(kase.id));
  const { data: duties } = useQuery(dutiesQuery(kase.id));
  const { data: log } = useQuery(logQuery(kase.id));

  return (
    <section aria-labelledby="actions" className="k-card">
      <h2 id="actions">{t('actions.title')}</h2>
      <Async
        query={actions}
        lines={5}
        isEmpty={(items) => known(items).length === 0}
        whenEmpty={<p className="k-dimmed">{t('actions.none')}</p>}
      >
        {(items) => {
          const steps = nextSteps(kase, duties ?? [], log ?? [], items);
          const stepped = new Set(steps.map((step) => step.command));
          const rest = known(items)
            .filter((item) => item.allowed && !stepped.has(item.command))
            .filter(({ command: word }) => commandForms[word]?.offered?.(kase) ?? true)
            .sort((a, b) => groupOf(a) - groupOf(b));
          const further = steps.slice(stepsShown);
          const others = rest.filter(({ named }) => !named);
          const refused = known(items).filter((item) => !item.allowed);
          return (
            <div className={classes.actions}>
              {steps.slice(0, stepsShown).map((step, index) => (
                <div key={step.command}>
                  <Button
                    variant={index === 0 ? 'filled' : 'default'}
                    fullWidth
                    justify="flex-start"
                    classNames={{ root: classes.step, label: classes.stepLabel }}
                    onClick={() => onChoose(step)}
                  >
                    {wording.title(step.command)}
                  </Button>
                  {step.duty !== undefined && (
                    <p className={classes.because}>
                      {step.duty.dueOn !== null && `${t('actions.until', { day: dottedDay(step.duty.dueOn) })} · `}
                      {say(step.duty.what)}
                    </p>
                  )}
                </div>
              ))}
              {further.length > 0 && <Choices title={t('actions.further')} steps={further} onChoose={onChoose} />}
              {groupOrder.map((group) => {
                const own = rest.filter(({ command: word, named }) => named && commandForms[word]?.group === group);
                if (own.length === 0) return null;
                return (
                  <Choices
                    key={group}
                    title={command(`group.${group}`)}
                    steps={own}
                    onChoose={onChoose}
                    folded={isSeldom(group, kase)}
                  />
                );
              })}
              {others.length > 0 && (
                <Choices
                  title={t('actions.others')}
                  hint={t('actions.othersHint')}
                  steps={others}
                  onChoose={onChoose}
                  folded
                />
              )}
              {refused.length > 0 && <NotYet items={refused} />}
            </div>
          );
        }}
      </Async>
    </section>
  );
}

interface ChoicesProps {
  title: string;
  hint?: string;
  steps: readonly Step[];
  onChoose: (step: Step) => void;
  folded?: boolean;
}

/** Deeds by name under one heading, open or folded. */
function Choices({ title, hint, steps, onChoose, folded: isFolded = false }: ChoicesProps) {
  const wording = useWording();
  const list = (
    <ul className="k-plain-list">
      {steps.map(({ command, preset, duty }) => (
        <li key={command}>
          <button
            type="button"
            className="k-link-button"
            onClick={() => onChoose({ command, ...(preset && { preset }), ...(duty && { duty }) })}
          >
            {wording.title(command)}
          </button>
        </li>
      ))}
    </ul>
  );
  return isFolded ? (
    <details className={classes.folded}>
      <summary>{title}</summary>
      {hint !== undefined && <p className={classes.because}>{hint}</p>}
      {list}
    </details>
  ) : (
    <div>
      <h3 className={classes.group}>{title}</h3>
      {list}
    </div>
  );
}

const groupOf = ({ command }: PossibleAction): number => groupOrder.indexOf(commandForms[command]?.group ?? 'record');

/** Refused for good: what is another's to do, or is over with the end of support, waits for nothing on this page. */
const neverHere: readonly (string | undefined)[] = ['access.denied', 'case.closed'];

/** Those that have a form and may be given here, now or once what they wait for is on record. */
const known = (items: readonly PossibleAction[]): PossibleAction[] =>
  items.filter(
    (item) =>
      item.command in commandForms && !rowCommands.includes(item.command) && !neverHere.includes(item.refusal?.code),
  );

function NotYet({ items }: { items: PossibleAction[] }) {
  const { t } = useTranslation('case');
  const wording = useWording();
  return (
    <details className={classes.notYet}>
      <summary>{t('actions.notYetHint', { count: items.length })}</summary>
      <ul className="k-plain-list">
        {items.map((item) => (
          <li key={item.command}>
            <p className="k-strong">{wording.title(item.command)}</p>
            {item.refusal !== null && <RefusalWords {...item.refusal} text={say(item.refusal.text)} />}
          </li>
        ))}
      </ul>
    </details>
  );
}
