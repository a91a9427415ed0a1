import type { FastifyReply } from 'fastify';
import type { CommandOutcome } from './services/services.ts';

/** A command that is done answers with its result; one still under way answers 202 and where to ask. */
export function sendOutcome(reply: FastifyReply, outcome: CommandOutcome, doneStatus: 200 | 201): FastifyReply {
  if (!outcome.done) {
    return reply.code(202).header('location', `/api/v1/commands/${outcome.pending.commandId}`).send(outcome.pending);
  }
  if (doneStatus === 201) reply.header('location', `/api/v1/cases/${outcome.answer.caseId}`);
  return reply.code(doneStatus).header('etag', `"${outcome.answer.seq}"`).send(outcome.answer);
}
