import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
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
