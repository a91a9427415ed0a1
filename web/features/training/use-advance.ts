import { useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../lib/api.ts';
import { renewRecords } from '../../lib/query-client.ts';
import { caseQuery } from '../case/queries.ts';

/** Where the clock came to: what fell due on the way and what comes next. */
export interface Advanced {
  today: string;
  fired: number;
  nextEvent: { on: string; step: string } | null;
  /** The case's last entry then: what comes next holds until there is another. */
  seq?: number | undefined;
}

export type Advance = (to: string) => Promise<Advanced>;

/** Moves a training case's clock and shows the case as it is then. */
export function useAdvance(caseId: string): Advance {
  const queries = useQueryClient();
  return async (to) => {
    const answer = await answerOf(
      api.POST('/api/v1/cases/{id}/advance', { params: { path: { id: caseId } }, body: { to } }),
    );
    await renewRecords(queries, (id) => id === caseId);
    return { ...answer, seq: queries.getQueryData(caseQuery(caseId).queryKey)?.seq };
  };
}
