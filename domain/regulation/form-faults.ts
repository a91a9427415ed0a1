import type { z } from 'zod';
import type { Fault, Path } from './fault.ts';
import { dutySchemas } from './duty-schema.ts';
import type { DutyForm } from './duty-schema.ts';
import { fileSchema } from './schema.ts';

/** How far an alternative is from what was written: another kind of value altogether is farthest. */
const weight = (issues: readonly z.core.$ZodIssue[]): number =>
  issues.reduce((sum, issue) => {
    const at = issue.path.length === 0 ? issue.code : '';
    // A list where one value was written is farther than another value.
    const whole = at === 'invalid_value' ? 9 : at === 'invalid_type' ? 10 : 0;
    const own = whole || (issue.code === 'unrecognized_keys' ? 2 * issue.keys.length : 1);
    return sum + own - Math.min(issue.path.length, 3) / 4;
  }, 0);

/** The faults of one issue; of alternatives, those of the one that comes nearest to what was written. */
export const faultsOf = (issue: z.core.$ZodIssue, above: Path, form?: DutyForm): Fault[] => {
  const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  const name = path.map(String).join('.');
  const place = name || 'the file';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: `unknown key "${key}"${name && ` in ${name}`}${aidFor(key, path, form)}`,
    }));
  if (issue.code === 'invalid_union' && issue.errors.length) {
    const nearest = [...issue.errors].sort((a, b) => weight(a) - weight(b))[0] ?? [];
    const foreign = nearest.find(({ code, path: at }) => code === 'unrecognized_keys' && at.length === 0);
    const lacking = new Set(issue.errors.flatMap((one) => one.filter(isMissing).map(({ path: at }) => String(at[0]))));
    // None of the alternatives is begun: naming one of them alone would hide the others.
    if (foreign?.code === 'unrecognized_keys' && nearest.some(isMissing) && lacking.size > 1)
      return foreign.keys.map((key) => ({
        path: [...path, key],
        text: `unknown key "${key}" in ${name}; one of these is expected: ${[...lacking].join(', ')}`,
      }));
    return nearest.flatMap((inner) => faultsOf(inner, path, form));
  }
  if (issue.code === 'invalid_value')
    return [{ path, text: `${name}: expected one of ${issue.values.map(String).join(', ')}` }];
  if (issue.code === 'invalid_key') return [{ path, text: `${name}: not a name that may stand here` }];
  return [{ path, text: `${place}${saidOf(issue)}` }];
};

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.path.length === 1 && issue.message.endsWith('received undefined');

/** What to do about an unknown key, where that can be told. */
const aidFor = (key: string, path: Path, form?: DutyForm): string => {
  // Between braces a comma begins the next key, so the second half of a sentence comes here as a key.
  if (/[^\w.-]/.test(key)) return ': it is the rest of a sentence with a comma; put the whole sentence in quotes';
  if (path.length === 0) return `; known: ${Object.keys(fileSchema.shape).join(', ')}`;
  return form && path.length === 2 ? `; keys of this form: ${Object.keys(dutySchemas[form].shape).join(', ')}` : '';
};

/** A value of another kind, in the words of who writes the file. */
const saidOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code !== 'invalid_type') return `: ${issue.message}`;
  const given = /received (\w+)/.exec(issue.message)?.[1] ?? '';
  if (given === 'undefined') return ' is missing';
  const wanted = plainKinds[issue.expected] ?? issue.expected;
  return `: ${wanted} is expected here, and ${plainKinds[given] ?? given} stands`;
};

const plainKinds: Readonly<Record<string, string>> = {
  array: 'a list in [ ]',
  object: 'a group of keys in { }',
  record: 'a group of keys in { }',
  string: 'a word or text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
};
