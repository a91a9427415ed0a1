import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';

export const mailsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['mailbox'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(api.GET('/api/v1/mailbox', { params: { query: pageParam === undefined ? {} : { cursor: pageParam } } })),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    refetchInterval: 10_000,
  });

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mailbox', id],
    staleTime: Infinity,
    queryFn: () => answerOf(api.GET('/api/v1/mailbox/{id}', { params: { path: { id } } })),
  });
