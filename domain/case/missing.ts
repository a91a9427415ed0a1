import type { Condition, Where } from '../regulation/regulation.ts';
import type { Sentence } from './duty.ts';
import { factTitle } from './fact-titles.ts';
import { givenDay, givenTitle, pastDay } from './given-days.ts';
import { overload } from './caseload.ts';
import { lackingConsents } from './consents.ts';
import { agenciesNotSent, measuresNamed } from './plans.ts';
import { chosenBody, stated } from './predicates.ts';
import type { Asked } from './predicates.ts';
import type { Reading } from './reading.ts';
import { fieldTitle, valueTitle, valueWords } from './missing-words.ts';
import { stageOn } from './stages.ts';
import { say, shortDay } from './words.ts';

const values = (where: Where | undefined, language: 'ru' | 'en'): string => {
  const words = Object.values(where ?? {})
    .flat()
    .map((value) => valueWords[String(value)]?.[language] ?? String(value));
  return words.length ? ` (${words.join(', ')})` : '';
};

const stageTitle = (reading: Reading, stage: string): Sentence =>
  Object.entries(reading.regulation.stages).find(([code]) => code === stage)?.[1]?.title ?? { ru: stage, en: stage };

/** Who may stand where a text means one of its bodies. */
const whoWords: Readonly<Record<string, Sentence>> = {
  institution: { ru: 'учреждение', en: 'the institution' },
  curator: { ru: 'куратор', en: 'the curator' },
  head: { ru: 'заведующий отделением', en: 'the head of department' },
  family: { ru: 'семья', en: 'the family' },
};

const bodyTitle = (reading: Reading, code: string): Sentence =>
  reading.regulation.bodies[code] ?? whoWords[code] ?? { ru: code, en: code };

const categoryTitle = (reading: Reading, code: unknown): Sentence =>
  reading.regulation.categories[String(code)] ?? valueTitle(code);

const joined = (sentences: readonly Sentence[]): Sentence => ({
  ru: sentences.map(({ ru }) => ru).join(', '),
  en: sentences.map(({ en }) => en).join(', '),
});

const lacks = (item: Readonly<Record<string, unknown>>, fields: readonly string[]): string[] =>
  fields.filter((field) => !stated(item, field));

const planSentences = {
  drafted: { ru: 'план ещё не составлен', en: 'no plan has been drawn up yet' },
  approved: { ru: 'план ещё не утверждён', en: 'no plan has been approved yet' },
} as const;

const measuresMissing = (
  { everyMeasureHas: fields, having, afterCorrection }: Extract<Condition, { everyMeasureHas: readonly string[] }>,
  command: Readonly<Record<string, unknown>>,
  { plans }: Reading,
): Sentence[] => {
  const items = (command['measures'] ?? []) as Record<string, unknown>[];
  const measures = afterCorrection ? measuresNamed(plans, items) : items;
  if (!measures.length) return [{ ru: 'в плане нет ни одного мероприятия', en: 'the plan has no measure' }];
  return measures.flatMap((measure, index) => {
    const missing = having !== undefined && lacks(measure, [having]).length ? [] : lacks(measure, fields);
    return missing.length
      ? [
          say('у мероприятия № {n} не указано: {what}', 'measure {n} lacks: {what}', {
            n: index + 1,
            what: joined(missing.map(fieldTitle)),
          }),
        ]
      : [];
  });
};

/** What would have to be there for the condition to hold: one sentence each, for people. */
export const missingFor = (
  condition: Condition,
  reading: Reading,
  command: Readonly<Record<string, unknown>>,
  load?: Asked['load'],
): Sentence[] => {
  if ('any' in condition) {
    const ways = condition.any.flatMap((one) => missingFor(one, reading, command, load));
    return ways.length
      ? [{ ru: ways.map(({ ru }) => ru).join(' — или: '), en: ways.map(({ en }) => en).join('; or: ') }]
      : [];
  }
  if ('not' in condition)
    return [{ ru: 'этому мешает уже записанное в деле', en: 'what is on record stands against it' }];
  if ('fact' in condition) {
    const title = factTitle(condition.fact);
    const where = { ...condition.where, ...condition.latest };
    return [
      { ru: `нет записи: ${title.ru}${values(where, 'ru')}`, en: `not on record: ${title.en}${values(where, 'en')}` },
    ];
  }
  if ('duty' in condition) {
    const what = reading.regulation.duties[condition.duty]?.what ?? condition.duty;
    return [
      condition.is === 'met'
        ? say('не исполнено: {what}', 'not done yet: {what}', { what })
        : say('срок ещё не наступил: {what}', 'its day has not come: {what}', { what }),
    ];
  }
  if ('stage' in condition) {
    const titles = joined(condition.stage.map((stage) => stageTitle(reading, stage)));
    if (condition.stage.includes('reflective') && reading.plan?.until) {
      const begun = reading.day > reading.plan.until ? stageOn(reading) : null;
      if (begun)
        return [
          say('этап «{stages}» закончился, идёт этап «{now}»', 'stage "{stages}" is over; it is stage "{now}" now', {
            stages: titles,
            now: stageTitle(reading, begun),
          }),
        ];
      return [
        say(
          'срок плана идёт до {day} включительно; этап «{stages}» начнётся на следующий день',
          'the plan runs to {day}; stage "{stages}" begins on the day after',
          { day: shortDay(reading.plan.until), stages: titles },
        ),
      ];
    }
    return [say('ещё не наступил этап: {stages}', 'the stage has not come yet: {stages}', { stages: titles })];
  }
  if ('inSop' in condition || 'everInSop' in condition)
    return [{ ru: 'дело касается другого статуса семьи (СОП)', en: 'it concerns another status of the family (СОП)' }];
  if ('category' in condition)
    return [
      say('нужна категория семьи: {codes}', 'the family must be of category: {codes}', {
        codes: joined(condition.category.map((code) => categoryTitle(reading, code))),
      }),
    ];
  if ('level' in condition)
    return [
      say('нужен уровень сопровождения: {codes}', 'the level must be: {codes}', {
        codes: joined(condition.level.map(valueTitle)),
      }),
    ];
  if ('plan' in condition) {
    if (condition.plan === 'termOver')
      return [
        reading.plan?.until
          ? say('срок плана ещё не истёк: до {day}', 'the plan runs to {day}', { day: shortDay(reading.plan.until) })
          : planSentences.approved,
      ];
    if (condition.plan !== 'sentToEveryAgency') return [planSentences[condition.plan]];
    return [
      reading.plan
        ? say('план не отправлен: {codes}', 'the plan has not been sent to: {codes}', {
            codes: agenciesNotSent(reading.plan).join(', '),
          })
        : planSentences.approved,
    ];
  }
  if ('has' in condition)
    return lacks(command, condition.has).map((field) =>
      say('не указано: {field}', 'missing: {field}', { field: fieldTitle(field) }),
    );
  if ('by' in condition) {
    const body = chosenBody(condition.by, reading) ?? condition.by;
    const named = command[condition.field ?? 'by'];
    return [
      say('решает {body}, а указано: {by}', 'the deciding body is {body}, but it names: {by}', {
        body: bodyTitle(reading, body),
        by: typeof named === 'string' ? bodyTitle(reading, named) : '—',
      }),
    ];
  }
  if ('notBefore' in condition)
    return [
      say('{field}: раньше, чем {what}', '{field}: before {what}', {
        field: fieldTitle(condition.field),
        what: givenTitle(condition.notBefore),
      }),
    ];
  if ('field' in condition && condition.is.length === 1 && condition.is[0] === true)
    return [say('не отмечено: {field}', 'not marked: {field}', { field: fieldTitle(condition.field) })];
  if ('field' in condition)
    return [
      say('{field}: нужно {values}', '{field}: expected {values}', {
        field: fieldTitle(condition.field),
        values: joined(
          condition.is.map((value) =>
            condition.field === 'category' ? categoryTitle(reading, value) : valueTitle(value),
          ),
        ),
      }),
    ];
  if ('given' in condition)
    return [say('в деле нет дня: {what}', 'the case does not say when {what}', { what: givenTitle(condition.given) })];
  if ('past' in condition) {
    const given = givenDay(reading, condition.past);
    return given
      ? [
          say('ещё не прошёл день {day}', 'the day {day} is not past yet', {
            day: shortDay(pastDay(given.on, condition.months ?? 0)),
          }),
        ]
      : [say('в деле нет дня: {what}', 'the case does not say when {what}', { what: givenTitle(condition.past) })];
  }
  if ('workingDay' in condition)
    return [
      condition.workingDay
        ? { ru: 'это нерабочий день учреждения', en: 'the institution does not work on that day' }
        : { ru: 'это рабочий день учреждения', en: 'the institution works on that day' },
    ];
  if ('someMeasure' in condition)
    return [
      say('нет ни одного мероприятия с: {what}', 'no measure with: {what}', {
        what: joined(
          Object.entries(condition.someMeasure).map(([field, wanted]) =>
            say('{field} — {values}', '{field}: {values}', {
              field: fieldTitle(field),
              values: joined(wanted.map(valueTitle)),
            }),
          ),
        ),
      }),
    ];
  if ('caseload' in condition) {
    const over = overload(condition.caseload, reading, command, load);
    return over
      ? [
          say(
            'у куратора стало бы {n} семей уровня «{levels}», а можно не более {max}',
            'the curator would have {n} families of level {levels}, and may have {max}',
            { n: over.families, max: over.limit.atMost, levels: joined(over.limit.levels.map(valueTitle)) },
          ),
        ]
      : [];
  }
  if ('consent' in condition) {
    const kind = valueTitle(condition.consent);
    return lackingConsents(condition, reading, command).map((who) =>
      who === null
        ? say('не указан член семьи: нужно его личное согласие ({kind})', 'no member is named: {kind} is personal', {
            kind,
          })
        : say('нет согласия ({kind}): {who}', 'no consent ({kind}): {who}', { kind, who }),
    );
  }
  return measuresMissing(condition, command, reading);
};
