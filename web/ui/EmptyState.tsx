import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

/** An empty list says what it would hold and what to do next. */
export function EmptyState({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {hint !== undefined && <p className="k-dimmed">{hint}</p>}
      {action}
    </div>
  );
}
