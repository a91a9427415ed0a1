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
