import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import type { components } from '../../lib/api-types.ts';

export type InstitutionEntry = components['schemas']['InstitutionEntry'];
type Body = components['schemas']['InstitutionCommandBodyInput'];

// Under `duties`, so that whatever makes those new makes these new.
export const reportsQuery = () =>
  queryOptions({
    queryKey: ['duties', 'institution'],
    queryFn: async () => answerOf(api.GET('/api/v1/institution/duties')),
  });

export const reportLogQuery = () =>
  queryOptions({
    queryKey: ['duties', 'institution', 'log'],
    queryFn: async () => answerOf(api.GET('/api/v1/institution/reports')),
  });

/** Gives a command to the institution itself; with the same key it is given once. */
export const performInInstitution = async (body: Body, key: string) =>
  answerOf(api.POST('/api/v1/institution/commands', { params: { header: { 'idempotency-key': key } }, body }));
