import { NoticeState } from '../schemas/case.ts';
import { explainCase } from '../../platform/records/explain-case.ts';
import { ApiProblem } from '../problems.ts';
import { withAllowed } from './present.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

/** Where a case stands, what it waits for, and what would let it go on. */
export function explainService({ records }: Wiring): Pick<Services, 'explain'> {
  return {
    explain: (actor, caseId) =>
      records.db.inSnapshot(actor, async (tx) => {
        const found = await explainCase(tx, records, caseId);
        const head = found?.pinned.loaded.head;
        if (!found || !head) throw new ApiProblem('case.unknown');
        const { explanation, pending, notices, pinned } = found;
        const { regulation, clock } = pinned;
        const { number, status, training, seq } = head;
        return {
          case: {
            ...{ id: caseId, number, status, training, seq },
            regulation: { id: regulation.id, version: regulation.version, title: regulation.title },
            ...{ today: clock.today, at: clock.at },
          },
          ...explanation,
          waitsFor: explanation.waitsFor.map(({ duty, unblockedBy, nextStep }) => ({
            ...duty,
            unblockedBy: unblockedBy.map(withAllowed),
            nextStep,
          })),
          wakesAt: head.nextWakeAt,
          pending,
          notices: {
            items: notices.items.map((notice) => ({ ...notice, state: NoticeState.parse(notice.state) })),
            nextCursor: notices.nextCursor,
          },
        };
      }),
  };
}
