import type { IncomingHttpHeaders } from 'node:http';
import { ApiProblem } from './problems.ts';

/**
 * The `Idempotency-Key` of a write: 8 to 200 visible characters.
 * @throws ApiProblem `command.key-missing`, `request.invalid`
 */
export function getKey(headers: IncomingHttpHeaders): string {
  const key = headers['idempotency-key'];
  if (key === undefined || key === '') throw new ApiProblem('command.key-missing');
  if (Array.isArray(key) || !/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new ApiProblem('request.invalid', {
      errors: [{ path: 'headers.idempotency-key', message: '8–200 ASCII characters without spaces' }],
    });
  }
  return key;
}

/**
 * The version of the case in `If-Match`, `null` when absent or `*`.
 * @throws ApiProblem `request.invalid`
 */
export function findExpectedSeq(headers: IncomingHttpHeaders): number | null {
  const given = headers['if-match'];
  if (given === undefined || given === '*') return null;
  const seq = /^(?:W\/)?"(\d{1,9})"$/.exec(given)?.[1];
  if (seq === undefined) {
    throw new ApiProblem('request.invalid', {
      errors: [{ path: 'headers.if-match', message: 'an ETag of the case, such as "12"' }],
    });
  }
  return Number(seq);
}
