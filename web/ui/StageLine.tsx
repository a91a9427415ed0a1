import { useTranslation } from 'react-i18next';
import { stageCodes } from '../../domain/case/stage.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import { daysBetween } from '../../domain/calendar/civil.ts';
import { dottedDay } from '../lib/days.ts';
import { sayTitle } from '../lib/i18n.ts';
import type { Duty, StageSpan } from '../lib/shapes.ts';
import classes from './StageLine.module.css';

interface StageLineProps {
  stages: readonly StageSpan[];
  duties: readonly Duty[];
  today: string;
  /** The support has ended: no stage lasts any more. */
  closed: boolean;
  /** Stages that the regulation knows: one that it does not is shown only where the case was in it. */
  known?: readonly string[] | undefined;
}

const marksShown = 3;

/** The stages as one line: for each its words, its days, and the days that fall into it with their state in words. */
export function StageLine({ stages, duties, today, closed, known }: StageLineProps) {
  const { t } = useTranslation();
  const spans = stageCodes
    .map((stage) => ({ stage, span: stages.findLast((span) => span.stage === stage) }))
    .filter(({ stage, span }) => span !== undefined || (known?.includes(stage) ?? true));
  const current = closed
    ? undefined
    : stages.findLast((span) => span.from <= today && (span.to === null || span.to >= today));
  return (
    <ol
      className={classes.line}
      aria-label={t('stage.label')}
      // The stage that lasts gets the room for its days.
      style={{
        '--stages': spans.map(({ span }) => (span !== undefined && span === current ? '2.2fr' : '1fr')).join(' '),
      }}
    >
      {spans.map(({ stage, span }) => {
        const standing = !span
          ? isBehind(stage)
            ? 'skipped'
            : 'ahead'
          : span === current
            ? 'now'
            : span.from > today
              ? 'ahead'
              : 'done';
        const own = duties.filter((duty) => isOfTheStage(duty) && stageOf(duty, stages, current?.stage) === stage);
        const met = own.filter((duty) => duty.state === 'met');
        return (
          <li
            key={stage}
            className={classes.stage}
            data-standing={standing}
            aria-current={standing === 'now' ? 'step' : undefined}
          >
            <p className={classes.name}>{t(`stage.${stage}`)}</p>
            <p className={classes.words}>
              <span className={classes.standing}>{t(`stage.${standing}`)}</span>
              {standing === 'now' && span && `, ${t('stage.dayNumber', { day: daysBetween(span.from, today) + 1 })}`}
              {span && <span className={classes.span}>{spanWords(span)}</span>}
            </p>
            {met.length > 0 && <p className={classes.words}>{t('stage.met', { count: met.length })}</p>}
            <Marks duties={own.filter((duty) => duty.state !== 'met')} />
          </li>
        );
      })}
    </ol>
  );

  /** A regulation without such a stage, or a past without it: what lies before the stage that lasts comes no more. */
  function isBehind(stage: StageCode): boolean {
    return closed || (current !== undefined && stageCodes.indexOf(stage) < stageCodes.indexOf(current.stage));
  }

  function spanWords(span: StageSpan): string {
    if (span.to === span.from) return dottedDay(span.from);
    return span.to === null
      ? t('stage.since', { from: dottedDay(span.from) })
      : t('stage.span', { from: dottedDay(span.from), to: dottedDay(span.to) });
  }
}

function Marks({ duties }: { duties: Duty[] }) {
  const { t } = useTranslation();
  if (duties.length === 0) return null;
  return (
    <ul className={classes.marks}>
      {duties.slice(0, marksShown).map((duty) => (
        <li key={duty.key} data-state={duty.state}>
          <span className={classes.day}>{dottedDay((duty.metOn ?? duty.dueOn) as string)}</span>{' '}
          <span className={classes.state}>{markWords(duty)}</span>
          <span className={classes.what}>{sayTitle(duty.what)}</span>
        </li>
      ))}
      {duties.length > marksShown && (
        <li className="k-dimmed">{t('stage.more', { count: duties.length - marksShown })}</li>
      )}
    </ul>
  );

  function markWords(duty: Duty): string {
    const moved = duty.unmovedDueOn !== null && duty.unmovedDueOn !== duty.dueOn;
    return [
      t(`state.${duty.state}`),
      moved && duty.metOn === null ? t('why.movedFrom', { day: dottedDay(duty.unmovedDueOn as string) }) : null,
      duty.provisional && duty.metOn === null ? t('why.provisionalMark') : null,
    ]
      .filter((word) => word !== null)
      .join(', ');
  }
}

/** The regulation's own days for the stage: what is about one measure or one request stands in the table below. */
const isOfTheStage = (duty: Duty): boolean => duty.subject === null && duty.basis === 'legal' && duty.scope === 'case';

/** The stage whose days hold the duty's day; a day beyond all of them belongs to the stage that lasts. */
function stageOf(duty: Duty, stages: readonly StageSpan[], current: StageCode | undefined): StageCode | undefined {
  if (duty.state === 'cancelled' || duty.dueOn === null) return undefined;
  const day = duty.metOn ?? duty.dueOn;
  return stages.findLast((span) => span.from <= day && (span.to === null || span.to >= day))?.stage ?? current;
}
