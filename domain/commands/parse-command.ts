import type { z } from 'zod';
import { commandCatalog, commandSchemas } from './table.ts';
import { commandWords, systemWords } from './command.ts';
import type { Command, CommandWord, InputError, Parsed } from './command.ts';
import { isKnownCode, text } from './fields.ts';
import type { Fields } from './fields.ts';

/** `fileDocument` of these kinds is the other form of a fact that has a word of its own: one event kind for both. */
const otherForm: Readonly<Record<string, { fact: string; data: Record<string, unknown> }>> = {
  enrolmentResolution: { fact: 'decisionRecorded', data: { about: 'enrolment' } },
  stoppingResolution: { fact: 'decisionRecorded', data: { about: 'stopping' } },
  continuingResolution: { fact: 'decisionRecorded', data: { about: 'continuing' } },
  enrolmentOrder: { fact: 'orderIssued', data: { kind: 'enrolment' } },
  stoppingOrder: { fact: 'orderIssued', data: { kind: 'stopping' } },
  informationBankEntry: { fact: 'informationBankEntered', data: {} },
  incomingRequest: { fact: 'requestRegistered', data: { direction: 'in' } },
  outgoingRequest: { fact: 'requestRegistered', data: { direction: 'out' } },
  outgoingAnswer: { fact: 'answerRegistered', data: { direction: 'out' } },
  incomingAnswer: { fact: 'answerRegistered', data: { direction: 'in' } },
};

const error = (path: string, ru: string, message: string): InputError => ({ path, ru, message });

const badShape: Readonly<Record<string, readonly [ru: string, en: string]>> = {
  day: ['нет такого дня; нужен день вида 2026-03-12', 'no such day; expected a day like 2026-03-12'],
  moment: [
    'нужен день 2026-03-12 или день с часом 2026-03-12T21:40',
    'expected a day 2026-03-12 or a day with an hour 2026-03-12T21:40',
  ],
  code: ['нужен код: латинские буквы, цифры и знаки _ . : -', 'expected a code: Latin letters, digits and _ . : -'],
  period: ['последний день раньше первого', 'the last day comes before the first'],
  typed: [
    'есть знак, которого не бывает на клавиатуре (управляющий или разворачивающий строку); удалите его и наберите слова заново',
    'it has a sign that no keyboard types (a control character, or one that turns the line round); delete it and type the words anew',
  ],
  number: [
    'нужен номер документа с цифрой, до 32 знаков',
    'expected a document number with a digit, up to 32 characters',
  ],
};

const describe = (issue: z.core.$ZodIssue, word: string, known: readonly string[]): InputError[] => {
  const path = issue.path.join('.');
  const name = path || word;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const at = path ? `${path}.${key}` : key;
      const fields = path ? '' : known.join(', ');
      return error(
        at,
        `неизвестное поле «${at}» команды ${word}${fields && `; её поля: ${fields}`}`,
        `unknown field "${at}" of ${word}${fields && `; its fields: ${fields}`}`,
      );
    });
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(', ');
    return [error(path, `«${name}»: допустимы значения ${values}`, `"${name}": expected one of ${values}`)];
  }
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().find(({ message }) => badShape[message]);
    const [ru, en] = badShape[inner?.message ?? ''] ?? ['значение не того вида', 'the value has a wrong shape'];
    return [error(path, `«${name}»: ${ru}`, `"${name}": ${en}`)];
  }
  if (issue.code === 'too_big' && issue.origin === 'array') {
    const most = String(issue.maximum);
    return [error(path, `«${name}»: можно указать не больше ${most}`, `"${name}": at most ${most} may be given`)];
  }
  const shape = badShape[issue.message];
  if (shape) return [error(path, `«${name}»: ${shape[0]}`, `"${name}": ${shape[1]}`)];
  if (issue.code === 'invalid_type') {
    if (issue.message.endsWith('received undefined'))
      return [
        error(path, `не хватает поля «${name}» (${issue.expected})`, `field "${name}" is missing (${issue.expected})`),
      ];
    return [error(path, `«${name}»: нужно значение вида ${issue.expected}`, `"${name}": expected ${issue.expected}`)];
  }
  return [error(path, `«${name}»: ${issue.message}`, `"${name}": ${issue.message}`)];
};

/** Sorts the values of one object into codes and typed words; `has` names the typed fields that are there. */
const split = (
  input: Record<string, unknown>,
  fields: Fields,
  path: string,
  texts: Record<string, string>,
): Record<string, unknown> => {
  const data: Record<string, unknown> = {};
  const has: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const value = input[name];
    if (value === null || value === undefined || field.stores === 'simulation') continue;
    if (field.items) {
      const items = field.items;
      data[name] = (value as Record<string, unknown>[]).map((item, index) =>
        split(item, items, `${path}${name}.${index}.`, texts),
      );
    } else if (field.stores === 'data' || isKnownCode(field, value)) {
      data[name] = value;
    } else if (Array.isArray(value)) {
      value.forEach((line, index) => {
        if (String(line).trim()) texts[`${path}${name}.${index}`] = String(line);
      });
      if (value.some((line) => String(line).trim())) has.push(name);
    } else if (value === true || (typeof value === 'string' && value.trim())) {
      if (value !== true) texts[`${path}${name}`] = String(value);
      has.push(name);
    }
  }
  return has.length ? { ...data, has } : data;
};

const isWord = (word: unknown): word is CommandWord => ([...commandWords, ...systemWords] as unknown[]).includes(word);

/** Words that hold commands themselves or take an entry out, and those of the process: none of them is a deed of the past. */
const neverNested: readonly unknown[] = ['correctEntry', 'annulEntry', 'adoptCase', ...systemWords];
/** The version that an adopted case is read by is named with its adoption. */
const neverPast: readonly unknown[] = [...neverNested, 'moveToVersion'];

/** Commands inside a command: the replacement of a corrected entry, the past of an adopted case. */
const nested = (input: unknown, path: string, errors: InputError[], barred = neverNested): Command | null => {
  const word = (input as { command?: unknown } | null)?.command;
  if (barred.includes(word)) {
    const named = String(word);
    errors.push(
      error(
        `${path}.command`,
        `«${named}» внутри другой команды не бывает`,
        `"${named}" cannot stand inside another command`,
      ),
    );
    return null;
  }
  const parsed = parseCommand(input);
  if (parsed.ok) return parsed.command;
  errors.push(...parsed.errors.map((fault) => ({ ...fault, path: fault.path ? `${path}.${fault.path}` : path })));
  return null;
};

/** Two measures of one id: duties are keyed by it, so one of them would hide the other. */
const repeatedIds = (measures: unknown): InputError[] => {
  const ids = ((measures ?? []) as { id?: string | null }[]).map(({ id }) => id ?? null);
  return ids.flatMap((id, index) =>
    id !== null && ids.indexOf(id) < index
      ? [
          error(
            `measures.${index}.id`,
            `«measures.${index}.id»: мероприятие «${id}» уже есть в этом списке`,
            `"measures.${index}.id": measure "${id}" is in this list already`,
          ),
        ]
      : [],
  );
};

/** Measures and visits of parents in all commands of one past: each makes a duty, so commands alone bound no time. */
const mostPastMeasures = 1000;

const tooManyMeasures = (past: readonly (Command | null)[]): InputError[] => {
  const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);
  const count = past.reduce(
    (sum, command) => sum + lengthOf(command?.data['measures']) + lengthOf(command?.data['parentVisits']),
    0,
  );
  return count > mostPastMeasures
    ? [
        error(
          'facts',
          `«facts»: мероприятий и посещений в прошлом дела ${count}, а можно не более ${mostPastMeasures}; оставьте планы, которые ещё что-то значат`,
          `"facts": the past has ${count} measures and visits, at most ${mostPastMeasures} may stand in it; keep the plans that still matter`,
        ),
      ]
    : [];
};

/**
 * Reads a command as it comes over the wire or stands in a scenario. Strict: an unknown word, field or code is
 * invalid input. `where` (a file and line, say) is put before each message.
 */
export const parseCommand = (input: unknown, where = ''): Parsed => {
  const fail = (errors: InputError[]): Parsed => ({
    ok: false,
    errors: where
      ? errors.map((fault) => ({ ...fault, message: `${where}: ${fault.message}`, ru: `${where}: ${fault.ru}` }))
      : errors,
  });
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return fail([
      error(
        '',
        'команда записывается полями: command, on и другие',
        'a command is an object with command, on and other fields',
      ),
    ]);
  }
  const word = (input as Record<string, unknown>)['command'];
  if (!isWord(word)) {
    return fail([
      error(
        'command',
        `неизвестная команда «${String(word)}»; известны: ${commandWords.join(', ')}`,
        `unknown command "${String(word)}"; known: ${commandWords.join(', ')}`,
      ),
    ]);
  }
  const { fact, fields } = commandCatalog[word];
  const checked = commandSchemas[word].safeParse(input);
  if (!checked.success) {
    const known = Object.keys(commandSchemas[word].shape).filter((name) => name !== 'command');
    return fail(checked.error.issues.flatMap((issue) => describe(issue, word, known)));
  }
  const value = checked.data;
  const errors: InputError[] = [];
  const replacement = word === 'correctEntry' ? nested(value['replacement'], 'replacement', errors) : null;
  const past =
    word === 'adoptCase'
      ? ((value['facts'] ?? []) as unknown[]).map((item, index) => nested(item, `facts.${index}`, errors, neverPast))
      : [];
  errors.push(...repeatedIds(value['measures']), ...tooManyMeasures(past));
  if (errors.length) return fail(errors);

  const texts: Record<string, string> = {};
  const data = split(value, { ...fields, note: text }, '', texts);
  const other = word === 'fileDocument' ? otherForm[data['kind'] as string] : undefined;
  if (other) delete data['kind'];
  return {
    ok: true,
    command: {
      command: word,
      on: value['on'] as string,
      recordedOn: (value['recordedOn'] as string | null | undefined) ?? null,
      fact: other?.fact ?? fact,
      data: { ...data, ...other?.data },
      texts,
      lacking: Object.entries(fields)
        .filter(([name, field]) => field.needed && (value[name] ?? null) === null)
        .map(([name]) => name),
      curatorHas: (value['curatorHas'] as Record<string, number> | null | undefined) ?? null,
      replacement,
      past: past.filter((command) => command !== null),
    },
  };
};
