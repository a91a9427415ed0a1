import type { ReactNode } from 'react';
import classes from './Tag.module.css';
import type { Tone } from './tokens.ts';

/** A state in a word. The colour only repeats what the word says; done things stay quiet. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
