import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../lib/api.ts';
import { isDefinite, perform } from './commands.ts';

const answer = {
  commandId: 'k',
  caseId: 'c',
  seq: 8,
  stage: null,
  level: null,
  nextDueOn: null,
  result: { entries: [8], advice: [] },
};
let asked: Request[];
let replies: (() => Response)[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  replies = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    const reply = replies.shift();
    return reply === undefined ? Promise.reject(new TypeError('network')) : Promise.resolve(reply());
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const body = { command: 'recordVisit', on: '2026-03-20' };
const give = () => perform('c', body, 'key-of-the-form', 7);

describe('perform', () => {
  it('sends the key of the form and the version the person saw', async () => {
    replies = [() => Response.json(answer)];
    await expect(give()).resolves.toEqual(answer);
    expect(asked[0]?.headers.get('idempotency-key')).toBe('key-of-the-form');
    expect(asked[0]?.headers.get('if-match')).toBe('"7"');
    expect(await asked[0]?.json()).toEqual(body);
  });

  it('waits for a command that is accepted and not yet done', async () => {
    const view = { id: 'k', state: 'pending', answer: null, refusal: null };
    replies = [
      () => Response.json({ commandId: 'k', caseId: 'c' }, { status: 202 }),
      () => Response.json(view),
      () => Response.json({ ...view, state: 'applied', answer }),
    ];
    const given = give();
    await vi.advanceTimersByTimeAsync(2_500);
    await expect(given).resolves.toEqual(answer);
  });

  it('tells the refusal of a command that was accepted first', async () => {
    const refusal = { code: 'clause', clause: '3.2', text: { ru: 'Рано.', en: 'Early.' }, missing: [] };
    replies = [
      () => Response.json({ commandId: 'k', caseId: 'c' }, { status: 202 }),
      () => Response.json({ id: 'k', state: 'refused', answer: null, refusal }),
    ];
    const given = give().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await given).toMatchObject({ clause: '3.2', message: 'Рано.' });
  });

  it('tells a lost answer apart from a refusal', async () => {
    const lost = await give().catch((error: unknown) => error);
    expect(lost).toMatchObject({ status: 0, code: 'offline' });
    expect(isDefinite(lost)).toBe(false);
  });
});

describe('isDefinite', () => {
  it.each([
    [409, true],
    [412, true],
    [422, true],
    [429, false],
    [503, false],
    [0, false],
  ])('%i: %s', (status, definite) => expect(isDefinite(new ApiProblem(status, {}))).toBe(definite));
});
