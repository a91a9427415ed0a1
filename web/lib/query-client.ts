import { QueryClient } from '@tanstack/react-query';
import { worthRetrying } from './api.ts';

/** The cache of what the API said. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

/** After a change of the records: every list is stale, and all that is known of the cases that changed. */
export const renewRecords = (
  queries: QueryClient,
  isChanged: (caseId: string) => boolean = () => false,
): Promise<void> =>
  queries.invalidateQueries({
    predicate: ({ queryKey: [kind, id] }) =>
      kind === 'duties' || kind === 'cases' || (kind === 'case' && isChanged(String(id))),
  });
