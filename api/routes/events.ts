import { z } from 'zod';
import { getActor } from '../actor.ts';
import { ApiProblem } from '../problems.ts';
import type { Api } from '../route.ts';
import type { Streams } from '../streams.ts';

const description = `Server-sent events. \`event: case\`: a case I may see has changed, \`data\` is a \`CaseChange\`
(\`{ caseId, seq, kind }\`); \`event: institution\`: the institution's own log has grown (a report was
submitted or annulled), told to who may read it, \`data\` is an \`InstitutionChange\`; \`event: reset\`: anything may
have changed. Nothing of what stands in a log is sent: ask for it.
Whoever comes back says in \`Last-Event-ID\` what he heard last and is told what he missed.`;

/** The stream of changes. */
export function eventRoutes(app: Api, streams: Streams): void {
  app.get(
    '/events',
    {
      config: { access: { over: 'institution', action: 'readCase' } },
      schema: {
        summary: 'Changes of what I may see, cases and the institution’s own log, as they happen',
        description,
        tags: ['events'],
        headers: z.looseObject({ 'last-event-id': z.string().max(40).optional() }),
        response: {
          200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
        },
      },
    },
    async (request, reply) => {
      const lastTold = request.headers['last-event-id'] ?? null;
      if (lastTold !== null && Number.isNaN(Date.parse(String(lastTold)))) {
        throw new ApiProblem('request.invalid', {
          errors: [{ path: 'headers.last-event-id', message: 'the id of an event of this stream' }],
        });
      }
      const who = { actor: getActor(request), cookie: request.headers.cookie };
      await streams.open(
        reply.raw,
        reply.getHeaders(),
        who,
        lastTold === null ? null : new Date(String(lastTold)).toISOString(),
      );
      return reply.hijack();
    },
  );
}
