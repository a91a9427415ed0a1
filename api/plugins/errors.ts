import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Refusal } from '../../domain/case/decision.ts';
import { faultForLog } from '../fault-for-log.ts';
import { inputErrors } from '../input-errors.ts';
import { languageOf } from '../language.ts';
import { ApiProblem, problemKinds, type Kind, type ProblemCode } from '../problems.ts';
import { BadCursor } from '../../platform/records/cursor.ts';
import { LawUnknown } from '../../platform/records/unknown-laws.ts';
import { CommandRefused, refusalStatus } from '../refusals.ts';
import type { Api } from '../route.ts';
import { isRecordsUnavailable } from '../../platform/database/records-unavailable.ts';

/** Turns whatever a route throws into problem+json. What a 5xx was is for the log alone. */
export function answerProblems(app: Api): void {
  app.setErrorHandler((error: FastifyError | ApiProblem | CommandRefused, request, reply) => {
    if (error instanceof CommandRefused) return sendRefusal(request, reply, error.refusal);
    const problem = problemOf(error, request);
    const kind: Kind = problemKinds[problem.code];
    if (kind.status >= 500)
      request.log.error({ code: problem.code, fault: faultForLog(problem.facts.cause ?? error) }, 'request failed');
    else if (kind.status === 401 || kind.status === 403) {
      // Denied access is logged with who and what, never with the body.
      request.log.warn(
        { code: problem.code, staffId: request.actor?.staffId, route: request.routeOptions.url },
        'access denied',
      );
    }
    return sendProblem(request, reply, problem);
  });

  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new ApiProblem('resource.unknown')));
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: ApiProblem): FastifyReply {
  const kind: Kind = problemKinds[problem.code];
  const language = languageOf(request.headers['accept-language']);
  const errors =
    problem.facts.errors ?? problem.facts.faults?.map(({ path, text }) => ({ path, message: text[language] }));
  const retryAfter = problem.facts.retryAfter ?? kind.retryAfter;
  if (retryAfter !== undefined) reply.header('retry-after', String(Math.max(retryAfter, 1)));
  return reply
    .code(kind.status)
    .type('application/problem+json; charset=utf-8')
    .header('content-language', language)
    .serializer(JSON.stringify)
    .send({
      type: `urn:kurator:problem:${problem.code}`,
      title: kind.title[language],
      status: kind.status,
      detail: problem.facts.detail?.[language] ?? kind.title[language],
      code: problem.code,
      ...(errors && { errors }),
      requestId: request.id,
    });
}

function sendRefusal(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  const language = languageOf(request.headers['accept-language']);
  const status = refusalStatus(refusal);
  return reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .header('content-language', language)
    .serializer(JSON.stringify)
    .send({
      type: `urn:kurator:problem:${refusal.code}`,
      title: { ru: 'Действие не принято.', en: 'The command is refused.' }[language],
      status,
      detail: refusal.text[language],
      code: refusal.code,
      clause: refusal.clause,
      missing: refusal.missing,
      ...(refusal.fields && { fields: refusal.fields }),
      ...(refusal.faults && {
        errors: refusal.faults.map(({ path, text }) => ({ path, message: text[language] })),
      }),
      requestId: request.id,
    });
}

const badCursor = {
  path: 'query.cursor',
  text: {
    ru: 'Продолжение списка указано неверно: возьмите nextCursor из ответа этого же списка.',
    en: 'This is not a cursor of this list: take nextCursor from an answer of the same list.',
  },
};

function problemOf(error: FastifyError | ApiProblem, request: FastifyRequest): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const language = languageOf(request.headers['accept-language']);
    return new ApiProblem('request.invalid', {
      errors: inputErrors(error.validation, error.validationContext, language),
    });
  }
  if (error instanceof BadCursor) return new ApiProblem('request.invalid', { faults: [badCursor] });
  const code = codeOfFastify(error);
  if (code) return new ApiProblem(code, { cause: error });
  if (isRecordsUnavailable(error)) return new ApiProblem('records.unavailable', { cause: error });
  if (error instanceof LawUnknown) return new ApiProblem('law.unknown', { cause: error });
  return new ApiProblem('internal', { cause: error });
}

function codeOfFastify(error: FastifyError): ProblemCode | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'request.too-large';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'request.media-type';
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
      return 'request.invalid';
    default:
      if (error.statusCode === 429) return 'request.too-many';
      return error.statusCode === 400 ? 'request.invalid' : undefined;
  }
}
