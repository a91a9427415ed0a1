import type { ReactNode } from 'react';
import classes from './Note.module.css';
import type { Tone } from './tokens.ts';

interface NoteProps {
  tone?: Tone;
  title?: string;
  /** Said aloud when it appears: `alert` at once, `status` when the reader is idle. */
  live?: 'alert' | 'status';
  children?: ReactNode;
}

export function Note({ tone = 'info', title, live, children }: NoteProps) {
  return (
    <div className={classes.note} data-tone={tone} role={live}>
      {title !== undefined && <p className={classes.title}>{title}</p>}
      {children}
    </div>
  );
}
