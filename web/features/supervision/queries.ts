import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { DutyRow } from '../../lib/shapes.ts';

export type Late = Awaited<ReturnType<typeof fetchLate>>;

const page = async (cursor: string | undefined) =>
  answerOf(api.GET('/api/v1/late', { params: { query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } } }));

/** The whole list: the figures are counted over the very rows that they lead to. */
async function fetchLate() {
  const first = await page(undefined);
  const items: DutyRow[] = [...first.items];
  for (let cursor = first.nextCursor; cursor !== null;) {
    const next = await page(cursor);
    items.push(...next.items);
    cursor = next.nextCursor;
  }
  return { ...first, items };
}

export const lateQuery = () => queryOptions({ queryKey: ['duties', 'late'], queryFn: fetchLate });
