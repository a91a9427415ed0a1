import { expect, it } from 'vitest';
import type { RequestView } from '../../lib/shapes.ts';
import { awaitedFirst } from './awaited-first.ts';

const request = (id: string, state: RequestView['state'], dueOn: string | null = null) =>
  ({ id, state, dueOn }) as RequestView;

it('requests that are still to be answered stand first, soonest due, before all that is over', () => {
  const asked = [
    request('old', 'answered', '2026-01-12'),
    request('undated', 'sent'),
    request('later', 'queued', '2026-12-01'),
    request('withdrawn', 'withdrawn'),
    request('soon', 'sent', '2026-11-24'),
  ];
  expect(awaitedFirst(asked).map(({ id }) => id)).toEqual(['soon', 'later', 'undated', 'withdrawn', 'old']);
});
