import { Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../lib/clause.ts';
import { say, sayTitle } from '../lib/i18n.ts';
import { dottedDay } from '../lib/days.ts';
import type { Duty } from '../lib/shapes.ts';
import { DateText } from './DateText.tsx';
import './form-styles.ts';
import classes from './WhyDate.module.css';

type Explained = Pick<Duty, 'dueOn' | 'unmovedDueOn' | 'provisional' | 'basis' | 'why' | 'clause' | 'what'>;

/** A day, and by one press why it is that day: start, term, every day skipped or moved over, and the clause beside it. */
export function WhyDate({ duty, today, relative = true }: { duty: Explained; today: string; relative?: boolean }) {
  const { t } = useTranslation();
  const day = duty.dueOn;
  return (
    <span className={classes.why}>
      <Popover
        width={420}
        position="bottom-start"
        withArrow
        shadow="md"
        trapFocus
        returnFocus
        transitionProps={{ duration: 0 }}
      >
        <Popover.Target>
          <button
            type="button"
            className="k-link-button"
            aria-label={t('why.open', {
              what: sayTitle(duty.what),
              day: day === null ? t('why.noDay') : dottedDay(day),
            })}
          >
            {day === null ? t('why.noDay') : <DateText day={day} today={today} relative={relative} />}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.panel} aria-label={t('why.title')}>
          <p className={classes.title} tabIndex={-1} data-autofocus>
            {t('why.title')}
          </p>
          <p className="k-dimmed k-small">
            {duty.clause !== '' && `${sayClause(duty.clause)} · `}
            {t(`basis.${duty.basis}`)}
          </p>
          <ol className={classes.steps}>
            {duty.why.map((step, index) => (
              <li key={index} data-kind={step.kind}>
                {say(step.text)}
              </li>
            ))}
          </ol>
          {duty.provisional && <p className="k-small">{t('why.provisional')}</p>}
        </Popover.Dropdown>
      </Popover>
      <Marks duty={duty} />
    </span>
  );
}

function Marks({ duty }: { duty: Explained }) {
  const { t } = useTranslation();
  const moved = duty.unmovedDueOn !== null && duty.dueOn !== null && duty.unmovedDueOn !== duty.dueOn;
  const words = [
    moved ? t('why.movedFrom', { day: dottedDay(duty.unmovedDueOn as string) }) : null,
    duty.provisional ? t('why.provisionalMark') : null,
    duty.basis === 'internal' ? t('basis.internal') : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? null : <span className="k-dimmed k-small">{words.join(' · ')}</span>;
}
