import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { problemKinds, type Kind } from './problems.ts';
import { Problem } from './schemas/problem.ts';
import type { AnswerCode } from './answer-code.ts';
import { problemsOf, sentenceOf, statusOf } from './route-problems.ts';

/** A route in the document: its own answers, and each status by which it may refuse with the codes of that status. */
export const describeRoute: typeof jsonSchemaTransform = (input) => {
  const described = jsonSchemaTransform(input);
  if (described.schema === undefined || 'hide' in described.schema) return described;
  const own = (described.schema as { response?: Record<string, unknown> }).response;
  return { ...described, schema: { ...described.schema, response: { ...refusals(problemsOf(input.route)), ...own } } };
};

function refusals(codes: readonly AnswerCode[]): Record<string, unknown> {
  const statuses = [...new Set(codes.map(statusOf))];
  return Object.fromEntries(
    statuses.map((status) => [status, refusal(codes.filter((code) => statusOf(code) === status))]),
  );
}

const refusal = (codes: readonly AnswerCode[]): unknown => ({
  description: codes.map((code) => `\`${code}\`: ${sentenceOf(code).en}`).join(' '),
  ...(codes.every(saysWhenToRepeat) && { headers: { 'Retry-After': { type: 'integer', description: 'seconds' } } }),
  content: {
    'application/problem+json': {
      schema: {
        allOf: [
          { $ref: `#/components/schemas/${Problem.meta()?.id}` },
          { type: 'object', properties: { code: { enum: codes } } },
        ],
      },
    },
  },
});

const saysWhenToRepeat = (code: AnswerCode): boolean =>
  code in problemKinds && (problemKinds as Record<string, Kind>)[code]?.retryAfter !== undefined;
