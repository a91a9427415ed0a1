import { isDay } from '../../../domain/calendar/civil.ts';
import type { Field, Filled, MeasureRow } from './fields.ts';

export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

const rowsOf = (value: unknown): MeasureRow[] => (Array.isArray(value) ? (value as MeasureRow[]) : []);

/** A row in which nothing but its prefilled agency stands was never filled. */
const isUntouched = (row: MeasureRow): boolean => isBlank(row.what) && isBlank(row.responsible) && isBlank(row.dueOn);

const shownOf = (fields: readonly Field[], filled: Filled): Field[] =>
  fields.filter((field) => field.when?.(filled) ?? true);

/** Message keys by path for what the form itself can tell: an empty field that must not be, and a day that is none. */
export function faultsOf(fields: readonly Field[], filled: Filled): Record<string, 'form.required' | 'date.notADay'> {
  const faults: Record<string, 'form.required' | 'date.notADay'> = {};
  for (const field of shownOf(fields, filled)) {
    const value = filled[field.name];
    if (field.kind === 'measures') {
      rowsOf(value).forEach((row, index) => {
        if (!isBlank(row.dueOn) && !isDay(row.dueOn)) faults[`measures.${index}.dueOn`] = 'date.notADay';
      });
    } else if (isBlank(value)) {
      if (field.optional !== true && field.kind !== 'flag') faults[field.name] = 'form.required';
    } else if (field.kind === 'day' && !isDay(value)) faults[field.name] = 'date.notADay';
  }
  return faults;
}

/** The command's body as the wire takes it: nothing blank, nothing hidden, texts trimmed. */
export function bodyOf(fields: readonly Field[], filled: Filled): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of shownOf(fields, filled)) {
    const value = filled[field.name];
    if (field.kind === 'measures') body[field.name] = measuresOf(value);
    else if (field.kind === 'flag') body[field.name] = value === true;
    else if (!isBlank(value)) body[field.name] = typeof value === 'string' ? value.trim() : value;
  }
  return body;
}

function measuresOf(value: unknown): Record<string, string>[] {
  return rowsOf(value)
    .filter((row) => !isUntouched(row))
    .map((row, index) => ({
      id: `m${index + 1}`,
      ...Object.fromEntries(
        Object.entries(row)
          .filter(([name, text]) => name !== 'id' && !isBlank(text))
          .map(([name, text]) => [name, String(text).trim()]),
      ),
    }));
}
