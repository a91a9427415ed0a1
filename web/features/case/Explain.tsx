import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useAwaited, useStepWords } from '../../lib/codes.ts';
import { dottedDay } from '../../lib/days.ts';
import { say, sayTitle } from '../../lib/i18n.ts';
import type { ExplainView } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Note } from '../../ui/Note.tsx';
import { RefusalWords } from '../../ui/RefusalWords.tsx';
import { useWording } from '../command/wording.ts';
import { wordsOf } from '../duties/words.ts';
import { useMoment } from '../session/use-moment.ts';
import classes from './Explain.module.css';
import { Notices } from './Notices.tsx';
import { caseQuery, dutiesQuery, explainQuery } from './queries.ts';
import { Waiting } from './Waiting.tsx';

/** Where the case stands and why, what it waits for and what would let it go on, what comes by itself, what was sent. */
export function Explain({ caseId }: { caseId: string }) {
  const explained = useQuery(explainQuery(caseId));
  return (
    <>
      <Async query={explained} lines={8}>
        {(view) => <Explained view={view} />}
      </Async>
      <Notices caseId={caseId} />
    </>
  );
}

function Explained({ view }: { view: ExplainView }) {
  const { t } = useTranslation('case');
  const wording = useWording();
  return (
    <>
      <section aria-labelledby="explain" className="k-card k-stack">
        <h2 id="explain">{t('explain.title')}</h2>
        <p className={classes.summary}>{say(view.summary)}</p>
        {view.pending.length > 0 && (
          <Note tone="info">
            <p>
              {t('explain.pending', { what: view.pending.map(({ command }) => wording.title(command)).join(', ') })}
            </p>
          </Note>
        )}
        <Stages view={view} />
      </section>
      <section aria-labelledby="waits" className="k-stack">
        <h2 id="waits">{t('explain.waits')}</h2>
        {view.waitsFor.length === 0 ? (
          <p className="k-dimmed">{t('duties.nothingActive')}</p>
        ) : (
          <ol className={classes.waits}>
            {view.waitsFor.map((wait) => (
              <Waiting key={wait.key} wait={wait} caseId={view.case.id} today={view.case.today} />
            ))}
          </ol>
        )}
      </section>
      <Agenda view={view} />
      {view.blocked.length > 0 && (
        <details className={classes.blocked}>
          <summary>{t('explain.blocked', { count: view.blocked.length })}</summary>
          <ul className="k-plain-list">
            {view.blocked.map(({ command, refusal }) => (
              <li key={command}>
                <p className="k-strong">{wording.title(command)}</p>
                <RefusalWords {...refusal} text={say(refusal.text)} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Stages({ view: { case: kase, stage, nextStage } }: { view: ExplainView }) {
  const { t } = useTranslation('case');
  const { t: shell } = useTranslation();
  return (
    <dl className={classes.stages}>
      <div>
        <dt>{t('explain.now')}</dt>
        <dd>
          {stage === null ? (
            t(kase.status === 'closed' ? 'closed' : 'identity.noStage')
          ) : (
            <>
              <b>{sayTitle(stage.title)}</b> {shell('stage.since', { from: dottedDay(stage.from) })},{' '}
              {sayClause(stage.clause)}
              <ul>
                {stage.because.map(({ text, entry }) => (
                  <li key={say(text)}>
                    {entry === null ? (
                      say(text)
                    ) : (
                      <Link to="/cases/$caseId/timeline" params={{ caseId: kase.id }}>
                        {say(text)}
                      </Link>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </dd>
      </div>
      {nextStage !== null && (
        <div>
          <dt>{t('explain.next')}</dt>
          <dd>
            <b>{sayTitle(nextStage.title)}</b>, {sayClause(nextStage.clause)}
            {nextStage.missing.length > 0 && (
              <>
                <p className="k-dimmed">{shell('form.missing')}</p>
                <ul>
                  {nextStage.missing.map((sentence) => (
                    <li key={sentence.en}>{say(sentence)}</li>
                  ))}
                </ul>
              </>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Agenda({ view: { agenda, wakesAt, case: kase } }: { view: ExplainView }) {
  const { t } = useTranslation('case');
  const stepWords = useStepWords();
  const moment = useMoment();
  const { data: about } = useQuery(caseQuery(kase.id));
  const { data: duties } = useQuery(dutiesQuery(kase.id));
  const awaited = useAwaited(about?.agencies);
  return (
    <section aria-labelledby="agenda" className="k-stack">
      <h2 id="agenda">{t('explain.agenda')}</h2>
      {agenda.length === 0 ? (
        <p className="k-dimmed">{t('explain.noAgenda')}</p>
      ) : (
        <DataTable
          caption={t('explain.agenda')}
          hideCaption
          rows={agenda}
          rowKey={({ dutyKey, step, at, audience }) => `${dutyKey}${step}${at}${audience.kind}${audience.code}`}
          columns={[
            {
              key: 'when',
              title: t('notices.when'),
              cell: ({ at }) => <span className="k-number k-nowrap">{moment(at)}</span>,
            },
            {
              key: 'step',
              title: t('notices.step'),
              heads: true,
              cell: (row) => (
                <>
                  {stepWords(row.step, row.text)}
                  <div className="k-small k-dimmed">
                    {wordsOf({ what: row.what, about: duties?.find(({ key }) => key === row.dutyKey)?.about ?? null })}
                    {row.clause !== '' && `, ${sayClause(row.clause)}`}
                  </div>
                </>
              ),
            },
            { key: 'who', title: t('notices.who'), cell: ({ audience }) => awaited(audience) },
          ]}
        />
      )}
      {wakesAt !== null && <p className="k-small k-dimmed">{t('explain.wakes', { at: moment(wakesAt) })}</p>}
    </section>
  );
}
