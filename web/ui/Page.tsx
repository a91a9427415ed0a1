import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** Beside the title: the page's main actions. */
  actions?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

/** A route's frame: its own document title, and the heading takes focus when the route is entered. */
export function Page({ title, actions, lead, children }: PageProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead}
        </div>
        {actions !== undefined && <div className="k-row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
