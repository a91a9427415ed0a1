import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { EventView } from '../../lib/shapes.ts';

/** Everything about one case stands under `['case', id]`: a command makes all of it stale at once. */
const path = (id: string) => ({ params: { path: { id } } });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id], queryFn: () => answerOf(api.GET('/api/v1/cases/{id}', path(id))) });

export const dutiesQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'duties'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/cases/{id}/duties', path(id)))).items,
  });

export const actionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'actions'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/cases/{id}/actions', path(id)))).items,
  });

export const explainQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'explain'],
    queryFn: () => answerOf(api.GET('/api/v1/cases/{id}/explain', path(id))),
  });

export const requestsQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'requests'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/cases/{id}/requests', path(id)))).items,
  });

export const eventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['case', id, 'events'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/v1/cases/{id}/events', {
          params: { path: { id }, query: pageParam === undefined ? {} : { cursor: pageParam } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });

/** All entries, for the forms that speak of them: the plan's measures, the register, the entry to correct. */
export const logQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id, 'log'],
    queryFn: async () => {
      const entries: EventView[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const query = { limit: 200, ...(cursor === undefined ? {} : { cursor }) };
        const page = await answerOf(api.GET('/api/v1/cases/{id}/events', { params: { path: { id }, query } }));
        entries.push(...page.items);
        cursor = page.nextCursor;
      }
      return entries;
    },
  });

export const noticesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['case', id, 'notices'],
    // Mails go out by themselves while the page is read.
    refetchInterval: 10_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/v1/cases/{id}/notices', {
          params: { path: { id }, query: pageParam === undefined ? {} : { cursor: pageParam } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
