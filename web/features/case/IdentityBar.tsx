import { useTranslation } from 'react-i18next';
import { daysBetween } from '../../../domain/calendar/civil.ts';
import { useAwaited, useCodes } from '../../lib/codes.ts';
import { dottedDay } from '../../lib/days.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { CaseView } from '../../lib/shapes.ts';
import { DateText } from '../../ui/DateText.tsx';
import classes from './IdentityBar.module.css';

const namesShown = 2;

/** Ten seconds: stage and its day, next date, who is awaited, curator, category. */
export function IdentityBar({ kase }: { kase: CaseView }) {
  const { t } = useTranslation('case');
  const { t: shell } = useTranslation();
  const word = useCodes();
  const awaited = useAwaited(kase.agencies);
  const span = kase.stages.findLast((stage) => stage.stage === kase.stage);
  const facts: [label: string, value: React.ReactNode][] = [
    [t('identity.stage'), stageWords()],
    [
      t('identity.next'),
      kase.nextDueOn === null ? (
        t('identity.noNext')
      ) : (
        <>
          <DateText day={kase.nextDueOn} today={kase.today} />
          {kase.nextDuty !== null && <span className={classes.small}>{sayTitle(kase.nextDuty.what)}</span>}
        </>
      ),
    ],
    [t('identity.awaited'), awaitedWords()],
    [t('identity.curator'), kase.curator?.name ?? t('identity.noCurator')],
  ];
  if (kase.category !== null) facts.push([t('identity.category'), word('category', kase.category)]);
  if (kase.level !== null) facts.push([t('identity.level'), word('level', kase.level)]);
  return (
    <dl className={classes.bar} aria-label={t('identity.label')}>
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );

  /** The first two by name; all of them stand in the table of dates. */
  function awaitedWords(): string {
    const names = [...new Set(kase.awaited.map(awaited))];
    if (names.length === 0) return t('identity.nobody');
    const rest = names.length - namesShown;
    return names.slice(0, namesShown).join(', ') + (rest > 0 ? ` ${t('identity.more', { count: rest })}` : '');
  }

  function stageWords(): React.ReactNode {
    if (kase.stage === null || span === undefined) return t(kase.status === 'closed' ? 'closed' : 'identity.noStage');
    const name = shell(`stage.${kase.stage}`);
    if (kase.status === 'closed') return name;
    return (
      <>
        {t('identity.stageDay', { stage: name, day: daysBetween(span.from, kase.today) + 1 })}
        {kase.openedOn !== null && (
          <span className={classes.small}>
            {t('identity.opened')} {dottedDay(kase.openedOn)}
          </span>
        )}
      </>
    );
  }
}
