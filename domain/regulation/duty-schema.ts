import { z } from 'zod';
import {
  clause,
  conditions,
  fact,
  givenDay,
  oneOrMore,
  ruleName,
  sentence,
  stage,
  where,
  wholeNumber,
} from './condition-schema.ts';
import { periods } from './regulation.ts';

/** The forms of duties in a regulation's file; a file's fault is found by its own form alone. */

const planDone = z.enum(['approved', 'sentToEveryAgency']);

const start = z.union([
  z.strictObject({
    fact: oneOrMore(fact),
    where: where.optional(),
    every: z.boolean().optional().describe('Each such fact starts a term of its own; without it, the first alone'),
    on: z.string().optional().describe('A field of the fact that holds the day: when it was found, not entered'),
    day: givenDay.optional().describe("The term is counted from that day of the case, not from the fact's own"),
  }),
  z.strictObject({ stage: stage.describe('The day on which the stage begins') }),
  z.strictObject({ plan: z.literal('approved').describe('The approval of the plan'), every: z.boolean().optional() }),
  z.strictObject({ sop: z.literal('lifted').describe('The last lifting of the СОП status') }),
]);

const factAct = z.strictObject({ fact, where: where.optional() });
const singleAct = z.union([
  factAct.extend({
    notBefore: z.literal('dueOn').optional().describe("Performs it only from the duty's own day on"),
  }),
  z.strictObject({ plan: planDone }),
  z
    .strictObject({ sameFact: z.string(), where: where.optional() })
    .describe('The fact that started the duty says itself, in this field, when it was done'),
]);
const act = z.union([
  singleAct,
  z.strictObject({ anyOf: z.array(singleAct).min(2) }).describe('Whichever comes first performs it'),
]);

const times = wholeNumber.default(1);
const gridAct = z.union([
  z.strictObject({ fact, where: where.optional(), times }),
  z.strictObject({ anyOf: z.array(factAct).min(2), times }).describe('Acts of any of these kinds, so many in all'),
]);

const dayTerm = z.union([
  z.strictObject({
    calendarDays: wholeNumber.describe('The day after the start is the first; an end on a day off moves on'),
  }),
  z.strictObject({
    workingDays: wholeNumber.describe('Working days of the production calendar, from the day after the start'),
  }),
  z.strictObject({
    months: wholeNumber.describe('The same day of a later month, or its last day; a day off moves on'),
  }),
]);
const term = z.union([
  z.literal(['none', 'sameDay']).describe('`none`: the text gives no day; `sameDay`: at once, never moved'),
  ...dayTerm.options,
]);

const fileDocument = z.strictObject({
  clause: clause.optional(),
  what: sentence,
  who: z.string().optional(),
  when: conditions.describe('From when it is demanded; without it, from the opening of the case'),
  met: act.optional().describe('Without it: the document of this kind is filed'),
});

const outlivesSupport = z
  .boolean()
  .default(false)
  .describe('Once it has started, the end of support does not take it away: it stays awaited until it is done');

const eachText = 'One duty for each measure, new agency, request of the register, visit of the parents or document';

const dutyBase = {
  clause,
  what: sentence.describe('What must be done, in the words of the text'),
  who: z.string().describe('A role of the institution, a role of `roles`, a body, or measure.agency'),
  for: conditions.describe('Families it concerns, as they are on the last day of the duty (until then: to-day)'),
  until: conditions.describe(
    'Facts or stages that come after its start and take it away; the end of support always does',
  ),
  basis: z.enum(['legal', 'internal']).default('legal').describe('`internal`: the house set the day, not the text'),
  scope: z.enum(['case', 'institution']).default('case').describe('`institution`: a duty of no single case'),
  note: sentence.optional().describe('How the text is read, where it can be read in more than one way'),
};

export const dutySchemas = {
  term: z
    .strictObject({
      ...dutyBase,
      start: start.describe('What the term is counted from'),
      term: term.describe(
        'Exactly one: none, sameDay, calendarDays, workingDays or months (weeks: calendarDays: 7, 14 …)',
      ),
      acts: z
        .enum(['any', 'sinceStart', 'afterStart'])
        .default('sinceStart')
        .describe(
          'any: acts before the start count too; sinceStart: from its day on; afterStart: only those entered after it',
        ),
      met: z.array(act).min(1).describe('Acts that perform it, all of them'),
      atLeast: z.boolean().default(false).describe('A least length: never late'),
      shownFrom: conditions.describe('Shown without a day from when one of these holds, until its start is known'),
      outlivesSupport,
    })
    .describe('A day counted from a start'),
  measure: z
    .strictObject({ ...dutyBase, each: z.literal('measure').describe(eachText), met: z.array(act).min(1) })
    .describe("One duty for each measure, on the measure's own day"),
  agency: z
    .strictObject({
      ...dutyBase,
      each: z.literal('newAgency').describe(eachText),
      met: z.tuple([z.strictObject({ fact: z.literal('planSent') })]),
    })
    .describe('One duty for each agency that a correction of the plan made responsible'),
  grid: z
    .strictObject({
      ...dutyBase,
      grid: z
        .strictObject({
          anchor: start,
          every: z
            .union([z.strictObject({ months: wholeNumber }), z.strictObject({ weeks: wholeNumber })])
            .describe('Exactly one: months or weeks'),
          while: stage.nullable().default(null).describe('The stage in which it runs; without it, from the anchor on'),
          upTo: ruleName.nullable().default(null).describe('The duty with a term on whose day it stops'),
        })
        .describe('Windows of a fixed grid, counted from the anchor and never moved'),
      met: z.array(gridAct).min(1),
    })
    .describe('Windows of a fixed grid, each asking for all the acts of `met`'),
  window: z
    .strictObject({
      ...dutyBase,
      eachWindowOf: ruleName.describe('A grid that stands above; each served window makes one duty without a day'),
      met: z.tuple([act]),
    })
    .describe('One duty for each served window of a grid that stands above it'),
  request: z
    .strictObject({
      ...dutyBase,
      each: z.literal('request').describe(eachText),
      outlivesSupport,
      direction: z.enum(['in', 'out']).describe('Of what came in, or of what went out'),
      term: dayTerm
        .optional()
        .describe('For a request that names no day of its own (answerBy); without both, the duty has no day'),
      met: z.tuple([z.strictObject({ fact: z.literal('answerRegistered') })]),
    })
    .describe('An answer to each request of the register'),
  parentVisit: z
    .strictObject({ ...dutyBase, each: z.literal('parentVisit').describe(eachText), met: z.tuple([factAct]) })
    .describe('An appointment on each day on which the plan lets the parents visit their child'),
  document: z
    .strictObject({ ...dutyBase, each: z.literal('document').describe(eachText), of: z.record(ruleName, fileDocument) })
    .describe('A document that the personal file must hold, one entry of `of` each'),
  calendar: z
    .strictObject({
      ...dutyBase,
      scope: z.literal('institution').default('institution'),
      calendar: z
        .union([
          z.strictObject({
            every: z.enum(periods),
            day: z.number().int().min(1).max(28),
            dayOff: z
              .literal('before')
              .optional()
              .describe('On a day off: the last working day before it; without it, the next working day'),
          }),
          z.strictObject({ every: z.enum(periods), workingDays: wholeNumber }),
          z.strictObject({ every: z.literal('none') }),
        ])
        .describe('Once a period; the day is of the month after it, workingDays are counted from its end'),
      met: z.array(factAct).min(1),
    })
    .describe('A report of the institution, once a period; the day is of the month after it'),
} as const;

export type DutyForm = keyof typeof dutySchemas;

/** Forms that the value of `each` names as they are. */
const each = ['document', 'request', 'parentVisit'] as const;

/** Everything that `each` may say. */
export const eachWords: readonly string[] = ['measure', 'newAgency', ...each];

/** Which form a duty of the file has: told by the key (or its value) that only this form has. */
export const formOf = (duty: unknown): DutyForm => {
  const keys: { each?: unknown } = typeof duty === 'object' && duty !== null ? duty : {};
  if ('each' in keys) {
    if (keys.each === 'newAgency') return 'agency';
    return each.find((form) => form === keys.each) ?? 'measure';
  }
  if ('calendar' in keys) return 'calendar';
  return 'grid' in keys ? 'grid' : 'eachWindowOf' in keys ? 'window' : 'term';
};
