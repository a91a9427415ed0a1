import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { dottedDay } from '../../lib/days.ts';
import type { RequestView } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { answerCode } from '../../lib/answer-code.ts';
import { awaitedFirst, isAwaited } from './awaited-first.ts';
import { issueLink } from './commands.ts';
import { useGiveCommand } from './give-command.ts';
import { actionsQuery, caseQuery, requestsQuery } from './queries.ts';

/** What agencies were asked, what they answered, and a new link for those that lost theirs. */
export function Requests({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const word = useCodes();
  const queries = useQueryClient();
  const requests = useQuery(requestsQuery(caseId));
  const give = useGiveCommand();
  const { data: actions } = useQuery(actionsQuery(caseId));
  const allowed = new Set(actions?.filter((action) => action.allowed).map((action) => action.command));
  const { data: kase } = useQuery(caseQuery(caseId));
  const renew = async (request: RequestView): Promise<void> => {
    await issueLink(caseId, request.id);
    await queries.invalidateQueries({ queryKey: ['case', caseId] });
  };
  return (
    <section aria-labelledby="requests" className="k-stack">
      <h2 id="requests">{t('requests.title')}</h2>
      <Async
        query={requests}
        isEmpty={(items) => items.length === 0}
        whenEmpty={<EmptyState title={t('requests.emptyTitle')} hint={t('requests.emptyHint')} />}
      >
        {(items) => (
          <DataTable
            caption={t('requests.title')}
            rows={awaitedFirst(items)}
            rowKey={(row) => row.id}
            columns={[
              // Beside the deeds of a case six columns would not fit: the buttons would lie under them.
              {
                key: 'agency',
                title: t('requests.agency'),
                heads: true,
                cell: (row) => (
                  <>
                    {row.agency.name}
                    <div>
                      <Tag tone={row.state === 'sent' ? 'info' : 'plain'}>{word('request', row.state)}</Tag>
                    </div>
                  </>
                ),
              },
              {
                key: 'what',
                title: t('requests.what'),
                cell: (row) => (
                  <>
                    {word('requestKind', row.kind)}
                    {row.what !== null && <div className="k-small k-dimmed">{row.what}</div>}
                  </>
                ),
              },
              {
                key: 'due',
                title: t('requests.due'),
                cell: (row) =>
                  row.dueOn !== null && (
                    <DateText
                      day={row.dueOn}
                      {...(kase === undefined || row.state === 'answered' ? {} : { today: kase.today })}
                    />
                  ),
              },
              { key: 'answer', title: t('requests.answer'), cell: (row) => answerWords(row) },
              {
                key: 'act',
                title: t('requests.act'),
                hideTitle: true,
                align: 'end',
                cell: (row) =>
                  isAwaited(row) && (
                    <span className="k-row">
                      {(['answerRequest', 'recordDelivery'] as const)
                        .filter(
                          (command) => allowed.has(command) && (command === 'answerRequest' || row.state === 'queued'),
                        )
                        .map((command) => (
                          <Button
                            key={command}
                            variant="default"
                            size="xs"
                            onClick={() => give({ command, preset: { entry: row.entry, subject: row.subject } })}
                          >
                            {t(`requests.${command}`)}
                            <span className="k-hidden">{`: ${row.agency.name}`}</span>
                          </Button>
                        ))}
                      <CommandButton
                        variant="default"
                        size="xs"
                        run={() => renew(row)}
                        done={() => t('requests.linkSent')}
                      >
                        {t('requests.newLink')}
                        <span className="k-hidden">{`: ${row.agency.name}`}</span>
                      </CommandButton>
                    </span>
                  ),
              },
            ]}
          />
        )}
      </Async>
    </section>
  );

  function answerWords({ answer, kind }: RequestView) {
    if (answer === null) return null;
    return (
      <>
        {word('answer', answerCode(kind, answer.answer))}
        {answer.until !== null && ` ${t('requests.until', { day: dottedDay(answer.until) })}`}
        {answer.text !== null && <div className="k-small">{answer.text}</div>}
      </>
    );
  }
}
