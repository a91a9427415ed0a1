import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../../lib/clock.ts';
import { Async } from '../../ui/Async.tsx';
import { Page } from '../../ui/Page.tsx';
import classes from './MailPage.module.css';
import { caseOfMailQuery, mailQuery } from './queries.ts';

/** One mail as its reader gets it, its links live. */
export function MailPage({ mailId }: { mailId: string }) {
  const { t, i18n } = useTranslation('pages');
  const mail = useQuery(mailQuery(mailId));
  const number = /\b\d{4}-\d{4,}\b/.exec(mail.data?.subject ?? '')?.[0];
  const { data: kase } = useQuery(caseOfMailQuery(number));
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long', timeStyle: 'medium' });
  return (
    <Page
      title={mail.data?.subject ?? t('mailbox.title')}
      lead={
        <p>
          <Link to="/mailbox">{t('mailbox.back')}</Link>
          {kase != null && (
            <>
              {' · '}
              <Link to="/cases/$caseId" params={{ caseId: kase.id }}>
                {t('mailbox.toCase', { number: kase.number })}
              </Link>
            </>
          )}
        </p>
      }
    >
      <Async query={mail}>
        {({ to, from, receivedAt, text }) => (
          <article className="k-card">
            <dl className={classes.head}>
              <dt>{t('mailbox.to')}</dt>
              <dd>{to}</dd>
              <dt>{t('mailbox.from')}</dt>
              <dd>{from}</dd>
              <dt>{t('mailbox.at')}</dt>
              <dd>{moment.format(instantOf(receivedAt))}</dd>
            </dl>
            <div className={classes.text}>{withLinks(text)}</div>
          </article>
        )}
      </Async>
    </Page>
  );
}

/** Links of the mail, opened where a mail program would open them; nothing else of the text is interpreted. */
function withLinks(text: string): ReactNode[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/g).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} href={part} rel="noreferrer">
        {part}
      </a>
    ) : (
      <Fragment key={index}>{part}</Fragment>
    ),
  );
}
