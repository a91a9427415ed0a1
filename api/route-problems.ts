import type { FastifyContextConfig, FastifySchema } from 'fastify';
import { z } from 'zod';
import { relationsAllowing } from '../domain/access/may-do.ts';
import { roles } from '../domain/access/role.ts';
import type { Sentence } from '../domain/case/duty.ts';
import { refusalCodes, type RefusalCodeWord } from '../domain/case/refusal-codes.ts';
import { refuse, type RecordsRefusalCode } from '../platform/records/refusals.ts';
import type { AnswerCode } from './answer-code.ts';
import { watched } from './plugins/limits.ts';
import { problemKinds, type ProblemCode } from './problems.ts';
import { refusalStatuses } from './refusals.ts';
import type { RouteAccess } from './route.ts';

type Codes = readonly AnswerCode[];

export interface DescribedRoute {
  url: string;
  method: string | string[];
  schema?: FastifySchema;
  config?: FastifyContextConfig;
}

const ofRules: Codes = [
  ...(['clause.not-fulfilled', 'command.abandoned', 'entry.day-in-future'] as const),
  ...(['reference.unknown', 'field.missing', 'regulation.unknown'] as const),
];
const ofStandingCase: Codes = [
  ...(['case.not-open', 'case.closed', 'case.duplicate', 'entry.unknown', 'entry.already-annulled'] as const),
];
/** On the way through the case's workflow: the answer may come late, or not at all. */
const ofEngine: Codes = ['case.busy', 'command.outcome-unknown', 'engine.unavailable'];

/** An answer by a link is a command like any other, of somebody who asks for no particular state. */
export const problemsOfAnswer: Codes = [
  ...(['link.expired', 'link.withdrawn', 'request.answered', 'command.invalid', 'command.key-reused'] as const),
  ...[...ofEngine, ...ofRules, ...ofStandingCase],
];

const writes: Readonly<Partial<Record<RouteAccess['over'], Codes>>> = {
  openCase: ofRules,
  adoptCase: [...ofRules, 'past.out-of-order', 'past.refused'],
  command: [
    ...[...ofRules, ...ofStandingCase],
    ...(['state.stale', 'entry.not-annullable', 'version.same', 'version.unknown'] as const),
    ...(['sop.not-recorded', 'suspension.none', 'house.not-extendable'] as const),
  ],
  // The clock of a training case.
  case: ['case.not-training', 'clock.backwards', 'clock.nothing-ahead', 'command.abandoned'],
  institutionCommand: [
    ...(['case.duplicate', 'entry.unknown', 'entry.already-annulled', 'entry.day-in-future'] as const),
    ...(['reference.unknown', 'field.missing', 'regulation.unknown'] as const),
  ],
};

/**
 * Every code by which a route may refuse, from what the route is: the one table that the document is made from, and that
 * tests hold against each answer they get. Only what follows from nothing stands at the route itself (`config.problems`).
 */
export function problemsOf({ url, method, schema = {}, config = {} }: DescribedRoute): AnswerCode[] {
  const over = config.access?.over ?? 'public';
  const guarded = over !== 'public' && over !== 'link';
  const post = method === 'POST';
  const keyed = asksForKey(schema.headers);
  const rows: readonly (readonly [boolean, Codes])[] = [
    [true, ['internal']],
    [!watched.includes(url), ['request.too-many', 'records.unavailable']],
    [guarded, ['auth.required']],
    [guarded && !isOpenToAllRoles(config.access), ['access.denied']],
    // The server reads the body of a POST whether the route asks for one or not.
    [post, ['origin.foreign', 'request.invalid', 'request.too-large', 'request.media-type']],
    [Boolean(schema.params ?? schema.querystring ?? schema.headers), ['request.invalid']],
    [over === 'link', ['link.unknown']],
    [over === 'ownCommand', ['resource.unknown']],
    [over === 'case' || over === 'command', ['case.unknown', 'law.unknown']],
    [keyed, ['command.key-missing', 'command.key-reused', 'command.invalid', ...(writes[over] ?? [])]],
    [keyed && over !== 'institutionCommand', ofEngine],
    // A preview reads the body by the same table of commands, and says the rest in its answer.
    [!keyed && (over === 'command' || over === 'adoptCase'), ['command.invalid']],
    [true, config.problems ?? []],
  ];
  return [...new Set(rows.flatMap(([holds, codes]) => (holds ? codes : [])))];
}

export const statusOf = (code: AnswerCode): number => (isOwn(code) ? problemKinds[code].status : refusalStatuses[code]);

export function sentenceOf(code: AnswerCode): Sentence {
  if (isOwn(code)) return problemKinds[code].title;
  return code in refusalCodes ? refusalCodes[code as RefusalCodeWord].text : refuse(code as RecordsRefusalCode).text;
}

const isOwn = (code: AnswerCode): code is ProblemCode => code in problemKinds;

const asksForKey = (headers: unknown): boolean =>
  headers instanceof z.ZodObject && 'idempotency-key' in (headers.shape as object);

/** Nobody who has signed in is denied what every role may in the institution. */
function isOpenToAllRoles(access: RouteAccess | undefined): boolean {
  return access?.over === 'institution' && roles.every((role) => relationsAllowing(role, access.action).length > 0);
}
