/**
 * Which form was open when the session ended: after the sign-in it opens again, and its draft brings back what was
 * typed. Only codes and numbers are kept, for this tab alone, and only the same person gets it back.
 */
const key = 'kurator.resume';

interface Kept {
  path: string;
  staffId: string;
  given: unknown;
}

export function keepOpen(path: string, staffId: string, given: unknown): void {
  sessionStorage.setItem(key, JSON.stringify({ path, staffId, given } satisfies Kept));
}

/** What was open on this page when the session ended; told once. */
export function takeOpen(path: string, staffId: string): unknown {
  const text = sessionStorage.getItem(key);
  if (text === null) return undefined;
  const kept = JSON.parse(text) as Kept;
  if (kept.path !== path) return undefined;
  sessionStorage.removeItem(key);
  return kept.staffId === staffId ? kept.given : undefined;
}

export const dropOpen = (): void => sessionStorage.removeItem(key);
