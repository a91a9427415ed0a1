import { z } from 'zod';
import { stageCodes } from '../case/stage.ts';
import { commandWords } from '../commands/command.ts';
import { commandCatalog, consents, levels } from '../commands/table.ts';
import { givenDays } from './regulation.ts';

export const ruleName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{1,40}$/, 'a name in Latin letters, beginning with a small one');
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item).min(1), item.transform((value) => [value])]);

export const factKinds: readonly string[] = [...new Set(commandWords.map((word) => commandCatalog[word].fact))];
export const fact = z
  .enum(factKinds as [string, ...string[]])
  .describe('A kind of fact: what happened, in the past participle');
export const where = z
  .record(z.string(), oneOrMore(scalar))
  .describe('Fields of the fact and the values any of which they may have');
export const stage = z.enum(stageCodes);
export const wholeNumber = z.number().int().positive();
export const givenDay = z.enum(givenDays).describe('A day that the case names at its opening, as it counts by then');

export const level = z.enum(levels);
const consent = z.enum(consents);

const planState = z.enum(['drafted', 'approved', 'sentToEveryAgency', 'termOver']);

/** The closed list of predicates; an editor shows the description of the key. */
export const conditionSchema: z.ZodType = z.lazy(() =>
  z.union([
    z.strictObject({ any: z.array(conditionSchema).min(1).describe('One of these holds') }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({
      fact: fact.describe('Such a fact is on record'),
      where: where.optional(),
      latest: where.optional().describe('The last of the facts that "where" finds has these values as well'),
    }),
    z.strictObject({
      duty: ruleName.describe('A duty of this file: performed, or its day has come'),
      is: z.enum(['met', 'reached']),
    }),
    z.strictObject({ stage: oneOrMore(stage).describe('The case is in one of these stages') }),
    z.strictObject({ inSop: z.boolean().describe('The СОП status is in force') }),
    z.strictObject({ everInSop: z.boolean().describe('The СОП status was established at any time') }),
    z.strictObject({ category: oneOrMore(z.string()).describe('The family is of one of these categories') }),
    z.strictObject({ level: oneOrMore(level).describe('The level of support is one of these') }),
    z.strictObject({
      plan: planState.describe('How far the plan is; termOver: the day after the last day of its term has come'),
    }),
    z.strictObject({ given: givenDay.describe('The case names that day') }),
    z.strictObject({
      past: givenDay.describe('The day after it, or after so many months from it, has come'),
      months: wholeNumber.optional(),
    }),
    z.strictObject({
      field: z.string().describe('A field of the judged command'),
      is: oneOrMore(scalar).describe('Values any of which it may have; null: it is not given'),
    }),
    z.strictObject({
      field: z.string().describe('A field of the judged command that names a day'),
      notBefore: givenDay.describe('That day, if it is given, is not before this day of the case'),
    }),
    z.strictObject({ has: oneOrMore(z.string()).describe('The judged command has all of these fields') }),
    z.strictObject({
      by: ruleName.describe("The command's field by is the body that this role chooses on the command's day"),
      field: z.string().optional().describe('The field that is asked in place of by'),
    }),
    z.strictObject({
      everyMeasureHas: oneOrMore(z.string()).describe('Each measure of the plan has these fields'),
      having: z.string().optional().describe('Only measures that have this field are asked'),
      afterCorrection: z
        .boolean()
        .optional()
        .describe('Asked of the measures it names as the correction would leave them'),
    }),
    z.strictObject({
      caseload: z
        .array(z.strictObject({ levels: oneOrMore(level), atMost: wholeNumber }))
        .min(1)
        .describe('How many families of these levels the curator may have, this one counted'),
    }),
    z.strictObject({
      consent: consent.describe("Given and not withdrawn: by the command's member, or for each agency it involves"),
      of: z.enum(['member', 'agency']),
      agreedPlan: z.boolean().optional().describe('Signing the agreement agrees to the agencies of the approved plan'),
    }),
    z.strictObject({
      someMeasure: where.describe('At least one measure of the plan has these values'),
      afterCorrection: z.boolean().optional().describe('Asked of the plan as the correction would leave it'),
    }),
    z.strictObject({ workingDay: z.boolean().describe("The command's day is a working day by the calendar") }),
  ]),
);

export const clause = z.string().min(1).describe('The clause of the text, as people cite it: "3.2"; in quotes');
export const sentence = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
export const orEmpty = <T extends z.ZodType>(item: T) => z.array(item).default([]);

export const conditions = orEmpty(conditionSchema);
