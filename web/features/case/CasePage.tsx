import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { LawOfCase, useCodes } from '../../lib/codes.ts';
import { say } from '../../lib/i18n.ts';
import { nameCodes, namesOf, NamesOfCase } from '../../lib/names.ts';
import type { CaseView, CommandAnswer } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { StageLine } from '../../ui/StageLine.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { CommandPanel } from '../command/CommandPanel.tsx';
import { factOf } from '../command/facts.ts';
import { regulationQuery } from '../command/queries.ts';
import { useResumed } from '../session/use-resumed.ts';
import { TrainingClock } from '../training/TrainingClock.tsx';
import { Actions } from './Actions.tsx';
import classes from './CasePage.module.css';
import { GiveCommand } from './give-command.ts';
import type { Given } from './give-command.ts';
import { IdentityBar } from './IdentityBar.tsx';
import { caseQuery, dutiesQuery } from './queries.ts';

/** The frame of one case; its parts (dates, timeline, requests, notices, people) come as the child route. */
export function CasePage({ caseId, children }: { caseId: string; children: ReactNode }) {
  const { t } = useTranslation('case');
  const kase = useQuery(caseQuery(caseId));
  const title = kase.data === undefined ? t('number', { number: '' }) : (kase.data.family?.name ?? t('noName'));
  if (kase.data === undefined) {
    return (
      <Page title={title}>
        <Async query={kase} lines={8}>
          {() => null}
        </Async>
      </Page>
    );
  }
  return (
    <Page
      key={caseId}
      title={title}
      lead={
        <p className="k-row">
          <Link to="/cases">{t('back')}</Link>
          <span className="k-number">{t('number', { number: kase.data.number })}</span>
          {kase.data.training && <Tag tone="info">{t('training')}</Tag>}
          {kase.data.status === 'closed' && <Tag>{t('closed')}</Tag>}
          <span className="k-dimmed k-small">{say(kase.data.regulation.title)}</span>
        </p>
      }
    >
      <Async query={kase}>{(data) => <Body kase={data}>{children}</Body>}</Async>
    </Page>
  );
}

function Body({ kase, children }: { kase: CaseView; children: ReactNode }) {
  const { t } = useTranslation('case');
  const word = useCodes();
  const duties = useQuery(dutiesQuery(kase.id));
  const { data: law } = useQuery(regulationQuery(kase.regulation));
  const names = useMemo(() => namesOf(kase), [kase]);
  const [given, setGiven] = useState<Given | null>(null);
  const [done, setDone] = useState<{ command: string; answer: CommandAnswer } | null>(null);
  const receipt = useRef<HTMLDivElement>(null);
  // The pressed button may be gone after the deed: the receipt takes the focus instead of the page's body.
  useEffect(() => {
    if (done !== null && given === null) receipt.current?.focus();
  }, [done, given]);
  const give = (next: Given): void => {
    setDone(null);
    setGiven(next);
  };
  useResumed(given, setGiven);
  return (
    <LawOfCase value={law}>
      <NamesOfCase value={names}>
        <GiveCommand value={give}>
          <div ref={receipt} role="status" tabIndex={-1} className={classes.receipt}>
            {done !== null && (
              <Note tone="ok" title={t('actions.done', { what: word('fact', factOf(done.command)) })}>
                {done.answer.result.advice.map((advice) => (
                  <p key={advice.code}>
                    {t('actions.advice')}: {nameCodes(say(advice.text), names)}
                    {advice.clause !== null && ` (${sayClause(advice.clause)})`}
                  </p>
                ))}
              </Note>
            )}
          </div>
          <IdentityBar kase={kase} />
          {kase.training && <TrainingClock kase={kase} />}
          <div className="k-card">
            <StageLine
              stages={kase.stages}
              duties={duties.data ?? []}
              today={kase.today}
              closed={kase.status === 'closed'}
              known={law?.stages.map(({ code }) => code)}
            />
          </div>
          <Tabs caseId={kase.id} />
          <div className={classes.columns}>
            <div className="k-stack">{children}</div>
            <Actions kase={kase} onChoose={give} />
          </div>
          {given !== null && (
            <CommandPanel
              key={`${given.command}${given.entry?.seq ?? ''}`}
              caseId={kase.id}
              command={given.command}
              {...(given.preset === undefined ? {} : { preset: given.preset })}
              entry={given.entry}
              onClose={() => setGiven(null)}
              onDone={(answer) => setDone({ command: given.command, answer })}
            />
          )}
        </GiveCommand>
      </NamesOfCase>
    </LawOfCase>
  );
}

const tabs = [
  { to: '/cases/$caseId', key: 'tabs.duties' },
  { to: '/cases/$caseId/explain', key: 'tabs.explain' },
  { to: '/cases/$caseId/timeline', key: 'tabs.timeline' },
  { to: '/cases/$caseId/requests', key: 'tabs.requests' },
  { to: '/cases/$caseId/notices', key: 'tabs.notices' },
  { to: '/cases/$caseId/people', key: 'tabs.people' },
] as const;

function Tabs({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const matches = useMatchRoute();
  return (
    <nav aria-label={t('tabs.label')}>
      <ul className={classes.tabs}>
        {tabs.map(({ to, key }) => (
          <li key={to}>
            <Link
              to={to}
              params={{ caseId }}
              className={classes.tab}
              aria-current={matches({ to, params: { caseId } }) !== false ? 'page' : undefined}
              resetScroll={false}
              activeOptions={{ exact: true }}
            >
              {t(key)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
