import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CaseView, Duty, PossibleAction } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { findDeed } from '../command/deeds.ts';
import { DutyTable } from '../duties/DutyTable.tsx';
import { offerOf } from '../duties/offer.ts';
import type { Offer } from '../duties/offer.ts';
import { useGiveCommand } from './give-command.ts';
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

const isActive = (duty: Duty): boolean => duty.state === 'open' || duty.state === 'overdue';

function Groups({ items, kase }: { items: Duty[]; kase: CaseView }) {
  const { t } = useTranslation('case');
  const give = useGiveCommand();
  const { data: actions } = useQuery(actionsQuery(kase.id));
  const { data: explained } = useQuery(explainQuery(kase.id));
  const actionOf = (word: string): PossibleAction | undefined => actions?.find(({ command }) => command === word);
  const may = (command: string): boolean => {
    const action = actionOf(command);
    return action !== undefined && action.refusal?.code !== 'access.denied';
  };
  const offer = (row: Pick<Duty, 'key' | 'acts' | 'dueOn'>): Offer => {
    const wait = explained?.waitsFor.find(({ key }) => key === row.key);
    const acts =
      wait?.unblockedBy ?? row.acts.map(({ command }) => ({ command, refusal: actionOf(command)?.refusal ?? null }));
    return offerOf(row, acts, may, kase.today);
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
      canDo={(row) => offer(row).deed !== null}
      refusalOf={(row) => offer(row).refusal}
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
