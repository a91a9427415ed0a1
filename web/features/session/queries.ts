import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';

/** Who is signed in; asked once a session, for what it says changes only by signing in again. */
export const meQuery = () =>
  queryOptions({ queryKey: ['me'], queryFn: () => answerOf(api.GET('/api/v1/me')), staleTime: 60_000 });

/** Whether anybody is signed in: the one question whose "no" is an answer and not a failure. */
export const isSignedIn = async (): Promise<boolean> => (await answerOf(api.GET('/api/auth/get-session'))) !== null;
