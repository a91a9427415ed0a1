import type { z } from 'zod';
import type { RequestView } from '../../../api/schemas/agency.ts';
import type { CaseRow, CaseView, EventView } from '../../../api/schemas/case.ts';
import type { Advanced, CommandAnswer, PossibleAction, Preview } from '../../../api/schemas/command.ts';
import type { Duty } from '../../../api/schemas/duty.ts';
import type { ExplainView } from '../../../api/schemas/explain.ts';
import type { Problem } from '../../../api/schemas/problem.ts';

/** Answers by their schemas, for `json<…>()`. */
export interface Answers {
  case: z.output<typeof CaseView>;
  cases: { items: z.output<typeof CaseRow>[] };
  events: { items: z.output<typeof EventView>[] };
  duties: { items: z.output<typeof Duty>[] };
  requests: { items: z.output<typeof RequestView>[] };
  actions: { items: z.output<typeof PossibleAction>[] };
  command: z.output<typeof CommandAnswer>;
  preview: z.output<typeof Preview>;
  advanced: z.output<typeof Advanced>;
  explain: z.output<typeof ExplainView>;
  problem: z.output<typeof Problem> & { errors: { path: string; message: string }[] };
}
