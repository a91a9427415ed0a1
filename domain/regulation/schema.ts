import { z } from 'zod';
import { roles } from '../access/role.ts';
import { commandWords } from '../commands/command.ts';
import {
  clause,
  conditions,
  conditionSchema,
  level,
  orEmpty,
  ruleName,
  sentence,
  stage,
  wholeNumber,
} from './condition-schema.ts';
import { dutySchemas } from './duty-schema.ts';

/**
 * The form of a regulation's file. Published as JSON Schema for editors; the faults that it finds are named by
 * file, line and sentence in `parseRegulation`.
 */

const id = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/, 'small Latin letters, digits and hyphens');
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
    .default({ opens: '09:00', closes: '18:00', remindAt: '09:00' })
    .describe("Hours of work, by the institution's own zone"),
  remind: orEmpty(z.strictObject({ workingDaysBefore: z.number().int().nonnegative() })).describe(
    'When who is awaited is reminded',
  ),
  escalate: orEmpty(z.strictObject({ workingDaysAfter: wholeNumber, to: z.enum(roles) })).describe(
    'Who is told of an overdue duty',
  ),
  acknowledge: z
    .strictObject({ workingDays: wholeNumber })
    .default({ workingDays: 3 })
    .describe('Within how many working days an agency acknowledges what it is sent'),
  suspendable: orEmpty(ruleName).describe('Duties with a term whose day a suspension moves'),
  extendable: orEmpty(z.strictObject({ duty: ruleName, days: wholeNumber })).describe(
    'Duties whose day may be put off, by how many calendar days in all',
  ),
});

const chosenRole = z.strictObject({
  clause,
  choose: z.array(z.strictObject({ when: conditions, then: z.string() })).min(1),
});

const stageRule = z.strictObject({ clause, title: sentence, from: z.array(conditionSchema).min(1) });

const namedList = z.strictObject({
  clause,
  title: sentence,
  serves: orEmpty(z.string().regex(/^[a-zA-Z]+(\.[a-zA-Z]+){0,2}$/)).describe(
    'Where people need it: beside the form of a command (recordMonitoring), or as the choices of a field (recordService.kind)',
  ),
  items: z.record(z.string(), sentence),
});
const levelRule = z.strictObject({ clause, title: sentence, signs: z.array(sentence).default([]) });
const openPoint = z.strictObject({ clause, what: sentence, why: sentence });

const dutiesText =
  'By rule name; the name stands in the keys of duties and is never changed. The form is told by start, grid, each, eachWindowOf or calendar';

/** Everything but the duties, which are read one by one, each by its form. */
export const fileSchema = z.strictObject({
  id: id.describe('Short name, small Latin letters; a case pins `id@version`, so it never changes'),
  version: wholeNumber.describe('1, 2, 3 …; a version by which a case was opened is never edited'),
  title: sentence.describe('The name of the regulation, in full'),
  source: sentence.describe('The document: who approved it, when, under which number'),
  notes: z.array(sentence).default([]).describe('How the file reads the text, for those who read it later'),
  bodies: z.record(z.string(), sentence).default({}).describe('Collegial bodies by code: commission, council, group'),
  categories: z.record(z.string(), sentence).default({}).describe('Categories of families that the text names'),
  levels: z
    .partialRecord(level, levelRule)
    .default({})
    .describe(
      'Levels of support with the signs of families; a level of another name takes the nearest code, people see `title`',
    ),
  lists: z.record(z.string(), namedList).default({}).describe('Lists of the text: circumstances, forms, kinds of aid'),
  indicators: z.record(z.string(), namedList).default({}).describe('Figures by which results are judged'),
  roles: z.record(ruleName, chosenRole).default({}).describe('Which body decides, asked on the day of the act'),
  stages: z.partialRecord(stage, stageRule).describe('From when each stage lasts: facts and the plan, never a duty'),
  duties: z.record(ruleName, z.unknown()).describe(dutiesText),
  refusals: orEmpty(commandRule).describe('A command is refused where all of `when` hold and one of `unless` does not'),
  advices: orEmpty(commandRule).describe('The same shape; the command passes and the sentence is shown'),
  notYetExecutable: orEmpty(openPoint).describe('What the text demands and the program does not do by itself yet'),
  house: house.describe('What no text says and the institution sets for itself'),
});

/** The whole, for editors. */
export const publishedSchema = (): unknown =>
  z.toJSONSchema(
    fileSchema.extend({ duties: z.record(ruleName, z.union(Object.values(dutySchemas))).describe(dutiesText) }),
    {
      io: 'input',
    },
  );
