import { pino } from 'pino';
import type { Logger } from 'pino';

export type { Logger } from 'pino';

/** Lines of JSON with ids, codes and counts. Bodies, tokens and addresses are struck out wherever a caller slips. */
export function createLog(process: string, level: string): Logger {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        ...['*.token', '*.body', '*.email', '*.text', '*.to', 'token', 'body', 'email', 'text'],
        // Of PostgreSQL's faults: the row or the value that broke a constraint, in clear.
        ...['*.detail', '*.where'],
      ],
      censor: '…',
    },
  });
}
