import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';

export const myDayQuery = () =>
  queryOptions({ queryKey: ['duties', 'my-day'], queryFn: () => answerOf(api.GET('/api/v1/my-day')) });
