import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, worthRetrying } from './api.ts';

/** The cache of what the API said. A lost session is told once, here, whichever page met it. */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: { retry: worthRetrying, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
