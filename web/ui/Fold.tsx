import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';

interface FoldProps {
  summary: ReactNode;
  /** Opens it from outside: something inside must be seen. Closing stays with the person. */
  asked?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

/** What is asked for seldom, folded until somebody opens it or something inside asks to be seen. */
export function Fold({ summary, asked = false, className, children }: FoldProps) {
  const [open, setOpen] = useState(asked);
  useEffect(() => {
    if (asked) setOpen(true);
  }, [asked]);
  return (
    <details className={className} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
