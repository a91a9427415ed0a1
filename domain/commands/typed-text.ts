import type { z } from 'zod';

/**
 * What no keyboard types into a form: control characters (all but tab and line breaks), which a terminal obeys and a
 * database or a mail cannot hold; and the marks that turn the direction of a line (U+202A–202E, U+2066–2069), with which
 * a name is made to read as another. The marks U+200E and U+200F, by which an Arabic or Hebrew name stands right among
 * Russian words, turn nothing round and stay.
 */
const never = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069';
const inText = `^[^${never}]*$`;
const inLine = `^[^${never}\\t\\r\\n]*$`;

// Half a character of two (a lone surrogate) is no text; in a published pattern it has no place, as no request in UTF-8 can carry one.
const checkOf = (pattern: string): RegExp => new RegExp(pattern.replace(']', '\\ud800-\\udfff]'), 'u');
const [text, line] = [checkOf(inText), checkOf(inLine)];

/** Whether a person can have typed it; with `line`, on one line. */
export const isTyped = (value: string, within: 'text' | 'line' = 'text'): boolean =>
  (within === 'line' ? line : text).test(value);

/** Told where `parseCommand`, which words its faults itself, does not read the value. */
export const untypedWords = {
  text: 'There is a sign here that no keyboard types (a control character, or one that turns the line round): delete it and type the words anew. / Здесь есть знак, которого не бывает на клавиатуре (управляющий или разворачивающий строку): удалите его и наберите слова заново.',
  line: 'One line is wanted here, without tabs or signs that no keyboard types (control characters, or those that turn the line round). / Здесь нужна одна строка, без табуляции и без знаков, которых не бывает на клавиатуре (управляющих или разворачивающих строку).',
} as const;

/** Words of a person, over several lines or on one. Every schema of what somebody types goes through here. */
export const typed = (schema: z.ZodString, within: 'text' | 'line' = 'text', fault: string = untypedWords[within]) =>
  schema.refine((value) => isTyped(value, within), fault).meta({ pattern: within === 'line' ? inLine : inText });

/** The patterns of words, where a document tells them from codes. */
export const wordPatterns: readonly string[] = [inText, inLine];
