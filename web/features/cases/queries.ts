import { infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { CaseFilter } from './filter.ts';

/** Cases I may see, page by page; the key is the filter that the address bar holds. */
export const casesQuery = (filter: CaseFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/v1/cases', {
          params: {
            query: {
              ...(filter.status === undefined ? {} : { status: filter.status }),
              ...(filter.stage === undefined ? {} : { stage: filter.stage }),
              ...(filter.late === true ? { late: 'true' as const } : {}),
              ...(filter.curator === undefined ? {} : { curator: filter.curator }),
              ...(filter.q === undefined ? {} : { q: filter.q }),
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
