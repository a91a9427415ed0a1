import { answerOf, api } from '../../lib/api.ts';

/** A new link goes to the agency's address; the one before is dead. */
export const issueLink = (caseId: string, requestId: string) =>
  answerOf(api.POST('/api/v1/cases/{id}/requests/{requestId}/link', { params: { path: { id: caseId, requestId } } }));
