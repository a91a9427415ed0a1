import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { Law } from '../../lib/shapes.ts';
import type { CommandBody } from './commands.ts';

/** What a command would change, nothing written; asked again as the form is filled. */
export const previewQuery = (caseId: string, body: CommandBody | null) =>
  queryOptions({
    queryKey: ['preview', caseId, body],
    enabled: body !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answerOf(api.POST('/api/v1/cases/{id}/preview', { params: { path: { id: caseId } }, body: body as CommandBody })),
  });

/** The names a regulation gives itself, its bodies, categories, levels and stages, and the lists of its text; a published version never changes. */
export const regulationQuery = (regulation: { id: string; version: number } | undefined) =>
  queryOptions({
    queryKey: ['regulation', regulation?.id, regulation?.version],
    staleTime: Infinity,
    queryFn: async (): Promise<Law> => {
      const path = { id: regulation?.id ?? '', version: regulation?.version ?? 0 };
      const { title, bodies, categories, levels, stages, lists, indicators } = await answerOf(
        api.GET('/api/v1/regulations/{id}/versions/{version}', { params: { path } }),
      );
      return { title, bodies, categories, levels, stages, lists, indicators };
    },
  });

/** What is published: a family is taken in by one of these. */
export const regulationsQuery = () =>
  queryOptions({
    queryKey: ['regulations'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/regulations'))).items,
  });

/** The other versions of the same regulation: where a case may move. */
export const versionsQuery = (regulation: { id: string; version: number } | undefined) =>
  queryOptions({
    queryKey: ['versions', regulation?.id, regulation?.version],
    enabled: regulation !== undefined,
    queryFn: async () =>
      (await answerOf(api.GET('/api/v1/regulations'))).items.filter(
        ({ id, version }) => id === regulation?.id && version !== regulation.version,
      ),
  });
