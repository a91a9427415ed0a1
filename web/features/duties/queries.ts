import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { Duty } from '../../lib/shapes.ts';
import { statesOf } from './filter.ts';

/** The filter of the list of all dates, as the address bar holds it. */
export interface DutyFilter {
  from?: string | undefined;
  to?: string | undefined;
  /** Absent: what is still awaited; `all`: whatever its state. */
  state?: Duty['state'] | 'all' | undefined;
  awaited?: string | undefined;
  curator?: string | undefined;
}

export const allDutiesQuery = (filter: DutyFilter) =>
  infiniteQueryOptions({
    queryKey: ['duties', 'all', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/v1/duties', {
          params: {
            query: {
              ...Object.fromEntries(
                Object.entries({ ...filter, state: statesOf(filter.state) }).filter(([, value]) => value !== undefined),
              ),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
