import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';

const rarely = 5 * 60_000;

export const staffQuery = () =>
  queryOptions({
    queryKey: ['staff'],
    staleTime: rarely,
    queryFn: async () => (await answerOf(api.GET('/api/v1/staff'))).items,
  });

export const agenciesQuery = () =>
  queryOptions({
    queryKey: ['agencies'],
    staleTime: rarely,
    queryFn: async () => (await answerOf(api.GET('/api/v1/agencies'))).items,
  });
