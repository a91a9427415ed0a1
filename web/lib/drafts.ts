import { now } from './clock.ts';

/**
 * What was typed and not yet sent survives a closed tab, an expired sign-in and a restart. It is kept on this device
 * for a week and wiped on sign-out, for it holds personal data.
 */
const prefix = 'kurator.draft.';
const version = 1;
const lifetime = 7 * 86_400_000;

interface Stored {
  version: number;
  at: number;
  values: Record<string, unknown>;
}

function read(key: string): Stored | null {
  try {
    const stored = JSON.parse(localStorage.getItem(prefix + key) ?? 'null') as Stored | null;
    return stored?.version === version && now() - stored.at < lifetime ? stored : null;
  } catch {
    return null;
  }
}

export function saveDraft(key: string, values: Record<string, unknown>): void {
  try {
    localStorage.setItem(prefix + key, JSON.stringify({ version, at: now(), values } satisfies Stored));
  } catch {
    // A full or forbidden store must not stop the typing.
  }
}

export const draftOf = (key: string): Record<string, unknown> | null => read(key)?.values ?? null;

export const dropDraft = (key: string): void => localStorage.removeItem(prefix + key);

export function wipeDrafts(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
}
