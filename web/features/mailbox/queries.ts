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

/** The case a mail speaks of: mails name it by its number, never by a family. */
export const caseOfMailQuery = (number: string | undefined) =>
  queryOptions({
    queryKey: ['cases', 'of-mail', number],
    enabled: number !== undefined,
    queryFn: async () => {
      const { items } = await answerOf(api.GET('/api/v1/cases', { params: { query: { q: number ?? '' } } }));
      return items.find((row) => row.number === number) ?? null;
    },
  });
