/** A code or a day in the data of a fact or a command; `null` where none is given. */
export const wordOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One code or a list of them, as a list. */
export const wordsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
