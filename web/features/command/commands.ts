import { answerOf, ApiProblem, api } from '../../lib/api.ts';
import type { components } from '../../lib/api-types.ts';
import { say } from '../../lib/i18n.ts';
import type { CommandAnswer } from '../../lib/shapes.ts';

type Pending = components['schemas']['CommandPending'];
type OpenCase = components['schemas']['OpenCaseBodyInput'];
type AdoptCase = components['schemas']['AdoptCaseBodyInput'];

export interface CommandBody {
  command: string;
  on: string;
  [field: string]: unknown;
}

/** Whether an answer settled the deed: after a lost or late answer the same key must be sent again. */
export const isDefinite = (error: unknown): boolean =>
  error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429;

const askAgainAfter = 1_000;
const patience = 60;

/**
 * Gives a command to a case; `seq` refuses it when the case has moved on meanwhile (412). Whoever may not read the
 * case has seen no version of it.
 */
export async function perform(
  caseId: string,
  body: CommandBody,
  key: string,
  seq: number | null,
): Promise<CommandAnswer> {
  return settled(
    await answerOf(
      api.POST('/api/v1/cases/{id}/commands', {
        params: {
          path: { id: caseId },
          header: { 'idempotency-key': key, ...(seq === null ? {} : { 'if-match': `"${seq}"` }) },
        },
        body,
      }),
    ),
  );
}

export async function openCase(body: OpenCase, key: string): Promise<CommandAnswer> {
  return settled(await answerOf(api.POST('/api/v1/cases', { params: { header: { 'idempotency-key': key } }, body })));
}

export async function adoptCase(body: AdoptCase, key: string): Promise<CommandAnswer> {
  return settled(
    await answerOf(api.POST('/api/v1/cases/adopt', { params: { header: { 'idempotency-key': key } }, body })),
  );
}

/** An accepted command that is not done yet is asked after until it is. */
async function settled(answer: CommandAnswer | Pending): Promise<CommandAnswer> {
  if ('seq' in answer) return answer;
  for (let attempt = 0; attempt < patience; attempt += 1) {
    await new Promise((resume) => setTimeout(resume, askAgainAfter));
    const view = await answerOf(api.GET('/api/v1/commands/{id}', { params: { path: { id: answer.commandId } } }));
    if (view.state === 'applied' && view.answer !== null && 'caseId' in view.answer) return view.answer;
    if (view.state === 'refused' && view.refusal !== null) {
      const { code, clause, text, missing, fields = [] } = view.refusal;
      throw new ApiProblem(409, { code, clause, detail: say(text), missing, fields });
    }
    if (view.state === 'abandoned') throw new ApiProblem(409, { code: 'command.abandoned' });
  }
  throw new ApiProblem(503, { code: 'command.outcome-unknown' });
}
