import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useAwaited, useStepWords } from '../../lib/codes.ts';
import { say } from '../../lib/i18n.ts';
import type { ExplainView } from '../../lib/shapes.ts';
import { RefusalWords } from '../../ui/RefusalWords.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { WhyDate } from '../../ui/WhyDate.tsx';
import { commandForms } from '../command/forms.ts';
import { useWording } from '../command/wording.ts';
import { wordsOf } from '../duties/words.ts';
import { useMoment } from '../session/use-moment.ts';
import classes from './Explain.module.css';
import { useGiveCommand } from './give-command.ts';
import { actionsQuery, caseQuery, dutiesQuery } from './queries.ts';

interface WaitingProps {
  wait: ExplainView['waitsFor'][number];
  caseId: string;
  today: string;
}

/** One thing the case waits for: by when and why, from whom, what happens next by itself, and the button that ends the wait. */
export function Waiting({ wait, caseId, today }: WaitingProps) {
  const { t } = useTranslation('case');
  const { t: shell } = useTranslation();
  const stepWords = useStepWords();
  const moment = useMoment();
  const wording = useWording();
  const give = useGiveCommand();
  const { data: kase } = useQuery(caseQuery(caseId));
  const { data: actions } = useQuery(actionsQuery(caseId));
  const { data: duties } = useQuery(dutiesQuery(caseId));
  const awaited = useAwaited(kase?.agencies);
  const may = (command: string): boolean =>
    command in commandForms && actions?.some((action) => action.command === command && action.allowed) === true;
  const duty = duties?.find(({ key }) => key === wait.key);
  const next = wait.nextStep;
  const what = wordsOf({ what: wait.what, about: duty?.about ?? null });
  return (
    <li className={classes.wait} data-late={wait.state === 'overdue' || undefined}>
      <p className={classes.what}>
        <span className="k-strong">{what}</span>
        {wait.state === 'overdue' && <Tag tone="danger">{shell('state.overdue')}</Tag>}
      </p>
      <p>
        <WhyDate duty={{ ...wait, unmovedDueOn: duty?.unmovedDueOn ?? null }} today={today} />
        {wait.clause !== '' && ` · ${sayClause(wait.clause)}`}
      </p>
      <p>
        <span className="k-dimmed">{t('identity.awaited')}:</span> {awaited(wait.awaited)}
      </p>
      {next !== null && (
        <p>
          <span className="k-dimmed">{t('explain.then')}:</span> {stepWords(next.step, next.text)}, {moment(next.at)},{' '}
          {awaited(next.audience)}
        </p>
      )}
      {wait.unblockedBy.map((act) => (
        <div key={act.command} className={classes.act}>
          {act.allowed && may(act.command) ? (
            <Button size="xs" variant="default" onClick={() => give({ command: act.command, preset: act.fields })}>
              {wording.title(act.command)}
              <span className="k-hidden">{`: ${what}`}</span>
            </Button>
          ) : (
            <p>
              <span className="k-dimmed">{t('explain.ends')}:</span> {wording.title(act.command)}
            </p>
          )}
          {act.refusal !== null && <RefusalWords {...act.refusal} text={say(act.refusal.text)} />}
        </div>
      ))}
    </li>
  );
}
