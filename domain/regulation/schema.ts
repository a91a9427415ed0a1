import { z } from 'zod';
import { roles } from '../access/role.ts';
import { stageCodes } from '../case/stage.ts';
import { givenDays, periods } from './regulation.ts';
import { commandWords } from '../commands/command.ts';
import { commandCatalog, consents, levels } from '../commands/table.ts';

/**
 * The form of a regulation's file. Published as JSON Schema for editors; the faults that it finds are named by
 * file, line and sentence in `parseRegulation`.
 */

const id = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'small Latin letters, digits and hyphens');
const ruleName = z.string().regex(/^[a-z][A-Za-z0-9]{1,40}$/, 'a name in Latin letters, beginning with a small one');
const clause = z.string().min(1).describe('The clause of the text, as people cite it: "3.2"; in quotes');
const sentence = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const oneOrMore = <T extends z.ZodType>(item: T) => z.union([z.array(item).min(1), item.transform((value) => [value])]);
const orEmpty = <T extends z.ZodType>(item: T) => z.array(item).default([]);

export const factKinds: readonly string[] = [...new Set(commandWords.map((word) => commandCatalog[word].fact))];
const fact = z
  .enum(factKinds as [string, ...string[]])
  .describe('A kind of fact: what happened, in the past participle');
const where = z
  .record(z.string(), oneOrMore(scalar))
  .describe('Fields of the fact and the values any of which they may have');
const stage = z.enum(stageCodes);
const wholeNumber = z.number().int().positive();
const givenDay = z.enum(givenDays).describe('A day that the case names at its opening, as it counts by then');

const level = z.enum(levels);
const consent = z.enum(consents);

const planState = z.enum(['drafted', 'approved', 'sentToEveryAgency', 'termOver']);
const planDone = z.enum(['approved', 'sentToEveryAgency']);

/** The closed list of predicates. */
export const conditionSchema: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ fact, where: where.optional(), latest: where.optional() }),
    z.strictObject({ duty: ruleName, is: z.enum(['met', 'reached']) }),
    z.strictObject({ stage: oneOrMore(stage) }),
    z.strictObject({ inSop: z.boolean() }),
    z.strictObject({ everInSop: z.boolean() }),
    z.strictObject({ category: oneOrMore(z.string()) }),
    z.strictObject({ level: oneOrMore(z.string()) }),
    z.strictObject({ plan: planState }),
    z.strictObject({ given: givenDay }),
    z.strictObject({ past: givenDay, months: wholeNumber.optional() }),
    z.strictObject({ field: z.string(), is: oneOrMore(scalar) }),
    z.strictObject({ field: z.string(), notBefore: givenDay }),
    z.strictObject({ has: oneOrMore(z.string()) }),
    z.strictObject({ by: ruleName, field: z.string().optional() }),
    z.strictObject({ everyMeasureHas: oneOrMore(z.string()), having: z.string().optional() }),
    z.strictObject({ caseload: z.array(z.strictObject({ levels: oneOrMore(level), atMost: wholeNumber })).min(1) }),
    z.strictObject({ consent, of: z.enum(['member', 'agency']), agreedPlan: z.boolean().optional() }),
    z.strictObject({ someMeasure: where, afterCorrection: z.boolean().optional() }),
    z.strictObject({ workingDay: z.boolean() }),
  ]),
);

const conditions = orEmpty(conditionSchema);

const start = z.union([
  z.strictObject({
    fact: oneOrMore(fact),
    where: where.optional(),
    every: z.boolean().optional(),
    on: z.string().optional().describe('A field of the fact that holds the day: when it was found, not entered'),
    day: givenDay.optional().describe("The term is counted from that day of the case, not from the fact's own"),
  }),
  z.strictObject({ stage }),
  z.strictObject({ plan: z.literal('approved'), every: z.boolean().optional() }),
  z.strictObject({ sop: z.literal('lifted') }),
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

const term = z.union([
  z.literal(['none', 'sameDay']),
  z.strictObject({ calendarDays: wholeNumber }),
  z.strictObject({ workingDays: wholeNumber }),
  z.strictObject({ months: wholeNumber }),
]);

const fileDocument = z.strictObject({
  clause: clause.optional(),
  what: sentence,
  who: z.string().optional(),
  when: conditions.describe('From when it is demanded; without it, from the opening of the case'),
  met: act.optional().describe('Without it: the document of this kind is filed'),
});

const dutyBase = {
  clause,
  what: sentence,
  who: z.string().describe('A role of the institution, a role of `roles`, a body, or measure.agency'),
  for: conditions.describe('Families it concerns'),
  until: conditions.describe('Facts or stages from which it is no longer demanded; the end of support always is one'),
  basis: z.enum(['legal', 'internal']).default('legal'),
  scope: z.enum(['case', 'institution']).default('case'),
  note: sentence.optional().describe('How the text is read, where it can be read in more than one way'),
};

export const dutySchemas = {
  term: z.strictObject({
    ...dutyBase,
    start,
    term,
    acts: z
      .enum(['any', 'sinceStart', 'afterStart'])
      .default('sinceStart')
      .describe('Whether acts before the start count'),
    met: z.array(act).min(1),
    atLeast: z.boolean().default(false).describe('A least length: never late'),
    shownFrom: conditions.describe('Shown without a day from when one of these holds, until its start is known'),
  }),
  measure: z.strictObject({ ...dutyBase, each: z.literal('measure'), met: z.array(act).min(1) }),
  agency: z.strictObject({
    ...dutyBase,
    each: z.literal('newAgency'),
    met: z.tuple([z.strictObject({ fact: z.literal('planSent') })]),
  }),
  grid: z.strictObject({
    ...dutyBase,
    grid: z.strictObject({
      anchor: start,
      every: z.strictObject({ months: wholeNumber }),
      while: stage.nullable().default(null).describe('The stage in which it runs; without it, from the anchor on'),
      upTo: ruleName.nullable().default(null).describe('The duty with a term on whose day it stops'),
    }),
    met: z.array(gridAct).min(1),
  }),
  window: z.strictObject({ ...dutyBase, eachWindowOf: ruleName, met: z.tuple([act]) }),
  request: z.strictObject({
    ...dutyBase,
    each: z.literal('request'),
    direction: z.enum(['in', 'out']).describe('Of what came in, or of what went out'),
    met: z.tuple([z.strictObject({ fact: z.literal('answerRegistered') })]),
  }),
  parentVisit: z.strictObject({ ...dutyBase, each: z.literal('parentVisit'), met: z.tuple([factAct]) }),
  document: z.strictObject({ ...dutyBase, each: z.literal('document'), of: z.record(ruleName, fileDocument) }),
  calendar: z.strictObject({
    ...dutyBase,
    scope: z.literal('institution').default('institution'),
    calendar: z.union([
      z.strictObject({ every: z.enum(periods), day: z.number().int().min(1).max(28) }),
      z.strictObject({ every: z.enum(periods), workingDays: wholeNumber }),
      z.strictObject({ every: z.literal('none') }),
    ]),
    met: z.array(factAct).min(1),
  }),
} as const;

export type DutyForm = keyof typeof dutySchemas;

/** Forms that the value of `each` names as they are. */
const each = ['document', 'request', 'parentVisit'] as const;

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

const commandRule = z.strictObject({
  command: z.enum(commandWords),
  clause,
  when: conditions.describe('The rule asks only where all of these hold'),
  unless: z.array(conditionSchema).describe('Any that fails stands against the command; an empty list always does'),
  says: sentence.optional(),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'an hour such as "09:00", in quotes');

const house = z.strictObject({
  hours: z
    .strictObject({ opens: time, closes: time, remindAt: time })
    .default({ opens: '09:00', closes: '18:00', remindAt: '09:00' }),
  remind: orEmpty(z.strictObject({ workingDaysBefore: z.number().int().nonnegative() })),
  escalate: orEmpty(z.strictObject({ workingDaysAfter: wholeNumber, to: z.enum(roles) })),
  acknowledge: z.strictObject({ workingDays: wholeNumber }).default({ workingDays: 3 }),
  suspendable: orEmpty(ruleName),
  extendable: orEmpty(z.strictObject({ duty: ruleName, days: wholeNumber })),
});

const chosenRole = z.strictObject({
  clause,
  choose: z.array(z.strictObject({ when: conditions, then: z.string() })).min(1),
});

const stageRule = z.strictObject({ clause, title: sentence, from: z.array(conditionSchema).min(1) });

const namedList = z.strictObject({ clause, title: sentence, items: z.record(z.string(), sentence) });
const levelRule = z.strictObject({ clause, title: sentence, signs: z.array(sentence).default([]) });
const openPoint = z.strictObject({ clause, what: sentence, why: sentence });

/** Everything but the duties, which are read one by one, each by its form. */
export const fileSchema = z.strictObject({
  id,
  version: wholeNumber,
  title: sentence,
  source: sentence,
  notes: z.array(sentence).default([]),
  bodies: z.record(z.string(), sentence).default({}),
  categories: z.record(z.string(), sentence).default({}),
  levels: z.partialRecord(level, levelRule).default({}),
  lists: z.record(z.string(), namedList).default({}).describe('Lists of the text: circumstances, forms, kinds of aid'),
  indicators: z.record(z.string(), namedList).default({}),
  roles: z.record(ruleName, chosenRole).default({}),
  stages: z.partialRecord(stage, stageRule),
  duties: z.record(ruleName, z.unknown()),
  refusals: orEmpty(commandRule),
  advices: orEmpty(commandRule),
  notYetExecutable: orEmpty(openPoint).describe('What the text demands and the program does not do by itself yet'),
  house,
});

/** The whole, for editors. */
export const publishedSchema = (): unknown =>
  z.toJSONSchema(fileSchema.extend({ duties: z.record(ruleName, z.union(Object.values(dutySchemas))) }), {
    io: 'input',
  });
