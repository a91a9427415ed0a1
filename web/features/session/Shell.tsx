import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ConnectionBanner } from '../../ui/ConnectionBanner.tsx';
import { signOut } from './commands.ts';
import { Preferences } from './Preferences.tsx';
import { meQuery } from './queries.ts';
import classes from './Shell.module.css';

const sections = [
  { to: '/', key: 'nav.myDay', needs: 'readSelf' },
  { to: '/cases', key: 'nav.cases', needs: 'readCase' },
  { to: '/supervision', key: 'nav.supervision', needs: 'readLate' },
  { to: '/duties', key: 'nav.duties', needs: 'readCase' },
  { to: '/reports', key: 'nav.reports', needs: 'readInstitution' },
  { to: '/mailbox', key: 'nav.mailbox', needs: 'readMailbox' },
] as const;

/** The frame of every page: skip link, sections, who is signed in. The API says which doors open. */
export function Shell({ children, path }: { children: ReactNode; path: string }) {
  const { t } = useTranslation();
  const word = useCodes();
  const { data: me } = useQuery(meQuery());
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(false), [path]);

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      <header className={classes.side}>
        <div className={classes.top}>
          <Link to="/" className={classes.product}>
            {t('product')}
          </Link>
          <button
            type="button"
            className={classes.burger}
            aria-expanded={opened}
            aria-controls="menu"
            onClick={() => setOpened(!opened)}
          >
            {t('nav.more')}
          </button>
        </div>
        <div id="menu" className={classes.menu} data-opened={opened || undefined}>
          <nav aria-label={t('nav.label')}>
            <ul className="k-plain-list">
              {sections
                .filter(({ to, needs }) => me?.may.includes(needs) === true && (to !== '/mailbox' || me.mailbox))
                .map(({ to, key }) => (
                  <li key={to}>
                    <Link to={to} className={classes.link} activeOptions={{ exact: to === '/', includeSearch: false }}>
                      {t(key)}
                    </Link>
                  </li>
                ))}
            </ul>
          </nav>
          {me !== undefined && (
            <div className={classes.user}>
              <p className="k-strong">{me.name}</p>
              <p>{word('role', me.role)}</p>
              <p>{me.institution.name}</p>
              <CommandButton variant="default" size="xs" run={leave}>
                {t('user.signOut')}
              </CommandButton>
              <Preferences />
            </div>
          )}
        </div>
      </header>
      <main id="content" className={classes.content} tabIndex={-1}>
        <ConnectionBanner />
        {children}
      </main>
    </div>
  );

  async function leave(): Promise<void> {
    await signOut();
    // A fresh page, so that nothing a person read stays in this one's memory.
    window.location.assign('/sign-in');
  }
}
