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
import { nextSteps } from './next-steps.ts';
import type { Step } from './next-steps.ts';
import { actionsQuery, dutiesQuery, logQuery } from './queries.ts';

const groupOrder: CommandForm['group'][] = ['start', 'plan', 'work', 'result', 'end', 'papers', 'record'];

/** Asked for seldom: folded, so that the daily deeds stand without scrolling. */
const folded: readonly CommandForm['group'][] = ['end', 'papers', 'record'];

/** What the API allows this person to do with the case now, and for the rest what is missing. */
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
          const allowed = known(items).filter((item) => item.allowed && !stepped.has(item.command));
          const refused = known(items).filter((item) => !item.allowed);
          return (
            <div className={classes.actions}>
              {steps.map((step, index) => (
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
              {groupOrder.map((group) => {
                const own = allowed.filter(({ command: word }) => {
                  const form = commandForms[word];
                  return form?.group === group && (form.offered?.(kase) ?? true);
                });
                if (own.length === 0) return null;
                const list = (
                  <ul className="k-plain-list">
                    {own.map((item) => (
                      <li key={item.command}>
                        <button
                          type="button"
                          className="k-link-button"
                          onClick={() => onChoose({ command: item.command })}
                        >
                          {wording.title(item.command)}
                        </button>
                      </li>
                    ))}
                  </ul>
                );
                return folded.includes(group) ? (
                  <details key={group} className={classes.folded}>
                    <summary>{command(`group.${group}`)}</summary>
                    {list}
                  </details>
                ) : (
                  <div key={group}>
                    <h3 className={classes.group}>{command(`group.${group}`)}</h3>
                    {list}
                  </div>
                );
              })}
              {refused.length > 0 && <NotYet items={refused} />}
            </div>
          );
        }}
      </Async>
    </section>
  );
}

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
