/** A civil day, `YYYY-MM-DD`. It has no zone; a zone is needed only where a day becomes an instant. */
export type Day = string;

/** An instant, ISO 8601 in UTC with milliseconds, `2026-03-12T06:00:00.000Z`. */
export type Instant = string;
