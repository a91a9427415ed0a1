import { expect, it, vi } from 'vitest';
import { QueryClient } from '@tanstack/react-query';
import { readDutyFilter } from './filter.ts';
import { allDutiesQuery } from './queries.ts';

/** The states that the page asks the API for. */
async function asked(search: Record<string, unknown>): Promise<string[]> {
  const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ items: [], nextCursor: null }));
  await new QueryClient().fetchInfiniteQuery(allDutiesQuery(readDutyFilter(search)));
  const [request] = fetched.mock.lastCall as unknown as [Request];
  return new URL(request.url).searchParams.getAll('state');
}

it('opens with all that is still awaited', async () => {
  expect(await asked({})).toEqual(['overdue', 'open', 'upcoming']);
  expect(await asked({ state: 'no such state', awaited: 'curator' })).toEqual(['overdue', 'open', 'upcoming']);
});

it('keeps in the address that everything is wanted, or one state', async () => {
  expect(readDutyFilter({ state: 'all' })).toEqual({ state: 'all' });
  expect(await asked({ state: 'all' })).toEqual([]);
  expect(await asked({ state: 'met' })).toEqual(['met']);
});
