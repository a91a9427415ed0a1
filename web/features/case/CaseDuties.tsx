import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { say } from '../../lib/i18n.ts';
import type { CaseView, Duty, PossibleAction } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useNamed } from '../../lib/names.ts';
import { findDeed } from '../command/deeds.ts';
import { DutyTable } from '../duties/DutyTable.tsx';
import classes from './CaseDuties.module.css';
import { useGiveCommand } from './give-command.ts';
import { isTimely } from './next-steps.ts';
import { actionsQuery, caseQuery, dutiesQuery, explainQuery } from './queries.ts';

/** The duties of a case: what is awaited now, what lies ahead, what is done. Each with why its day. */
export function CaseDuties({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const duties = useQuery(dutiesQuery(caseId));
  const { data: kase } = useQuery(caseQuery(caseId));
  return (
    <Async
      query={duties}
      lines={6}
      isEmpty={(items) => items.length === 0}
      whenEmpty={<EmptyState title={t('duties.emptyTitle')} hint={t('duties.emptyHint')} />}
    >
      {(items) => kase !== undefined && <Groups items={items} kase={kase} />}
    </Async>
  );
}

/** Windows lie ahead for years: the nearest are enough before what can be done now. */
const aheadShown = 3;

type Refusal = NonNullable<PossibleAction['refusal']>;

const isActive = (duty: Duty): boolean => duty.state === 'open' || duty.state === 'overdue';

function Groups({ items, kase }: { items: Duty[]; kase: CaseView }) {
  const { t } = useTranslation('case');
  const give = useGiveCommand();
  const { data: actions } = useQuery(actionsQuery(kase.id));
  const { data: explained } = useQuery(explainQuery(kase.id));
  const allowed = new Set(actions?.filter((action) => action.allowed).map((action) => action.command));
  // Only what may still come about by this person's own hand is worth a reason in the row.
  const refusalOf = (row: Pick<Duty, 'key' | 'acts'>): Refusal | null => {
    const command = findDeed(row)?.command;
    const own = actions?.find((action) => action.command === command)?.refusal ?? null;
    if (own !== null) return own.code === 'access.denied' ? null : own;
    const wait = explained?.waitsFor.find(({ key }) => key === row.key);
    return wait?.unblockedBy.find((act) => act.command === command)?.refusal ?? null;
  };
  const active = items.filter((duty) => isActive(duty) && duty.dueOn !== null);
  const undated = items.filter((duty) => isActive(duty) && duty.dueOn === null);
  const ahead = items.filter((duty) => duty.state === 'upcoming');
  const past = items.filter((duty) => !isActive(duty) && duty.state !== 'upcoming');
  const table = (caption: string, rows: Duty[], doable = true, hideCaption = false) => (
    <DutyTable
      caption={caption}
      hideCaption={hideCaption}
      rows={rows}
      today={kase.today}
      agencies={kase.agencies}
      show={{ awaited: true }}
      canDo={(row) => {
        const command = findDeed(row)?.command;
        return (
          command !== undefined && allowed.has(command) && isTimely(command, row, kase.today) && refusalOf(row) === null
        );
      }}
      whyNot={(row) => <WhyNot refusal={refusalOf(row)} />}
      {...(doable ? { onDo: (row: Duty) => give(findDeed(row) ?? { command: '' }) } : {})}
    />
  );
  return (
    <>
      {active.length > 0 ? table(t('duties.active'), active) : <p className="k-dimmed">{t('duties.nothingActive')}</p>}
      {undated.length > 0 && table(t('duties.undated'), undated)}
      {ahead.length > 0 && table(t('duties.ahead'), ahead.slice(0, aheadShown), false)}
      {ahead.length > aheadShown && (
        <details>
          <summary>{t('duties.showAhead', { count: ahead.length - aheadShown })}</summary>
          {table(t('duties.ahead'), ahead.slice(aheadShown), false, true)}
        </details>
      )}
      {past.length > 0 && (
        <details>
          <summary>{t('duties.showDone', { count: past.length })}</summary>
          {table(t('duties.done'), past, false, true)}
        </details>
      )}
    </>
  );
}

/** What is missing before the deed of a row can be recorded, where its button would be. */
function WhyNot({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('case');
  const named = useNamed();
  if (refusal === null) return null;
  const words = refusal.missing.length > 0 ? refusal.missing : [refusal.text];
  return (
    <p className={classes.whyNot}>
      {t('duties.notYet')}: {words.map((one) => named(say(one))).join('; ')}
    </p>
  );
}
