import { isDay } from '../../../domain/calendar/civil.ts';
import type { CommandForm, Field, Filled, MeasureRow } from './fields.ts';

export const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** A day, alone or with its hour: `2026-05-09`, `2026-05-09T21:40`. */
const isMoment = (value: unknown): boolean =>
  typeof value === 'string' &&
  isDay(value.slice(0, 10)) &&
  (value.length === 10 || /^T([01]\d|2[0-3]):[0-5]\d$/.test(value.slice(10)));

const rowsOf = (value: unknown): MeasureRow[] => (Array.isArray(value) ? (value as MeasureRow[]) : []);

/** A row in which nothing but its prefilled agency stands was never filled. */
const isUntouched = (row: MeasureRow): boolean => isBlank(row.what) && isBlank(row.responsible) && isBlank(row.dueOn);

/** A row of the corrected plan that says what it said before. */
const isAsItWas = ({ was, ...row }: MeasureRow): boolean => was !== undefined && sameRow(JSON.parse(was), row);
const sameRow = (a: unknown, b: unknown): boolean => JSON.stringify(filledOf(a)) === JSON.stringify(filledOf(b));
const filledOf = (row: unknown): [string, unknown][] =>
  Object.entries(row as MeasureRow)
    .filter(([, value]) => !isBlank(value) && value !== false)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const shownOf = (fields: readonly Field[], filled: Filled): Field[] =>
  fields.filter((field) => field.when?.(filled) ?? true);

type Fault = 'form.required' | 'form.needsOne' | 'date.notADay' | 'date.notAMoment';

/** Message keys by path for what the form itself can tell: an empty field that must not be, and a day that is none. */
export function faultsOf(
  fields: readonly Field[],
  filled: Filled,
  needsOne: CommandForm['needsOne'] = [],
): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const field of shownOf(fields, filled)) {
    const value = filled[field.name];
    if (field.kind === 'measures') {
      rowsOf(value).forEach((row, index) => {
        if (!isBlank(row.dueOn) && !isDay(row.dueOn)) faults[`measures.${index}.dueOn`] = 'date.notADay';
      });
    } else if (field.kind === 'days') {
      (Array.isArray(value) ? value : []).forEach((day: unknown, index) => {
        if (!isBlank(day) && !isDay(day)) faults[`${field.name}.${index}`] = 'date.notADay';
      });
    } else if (isBlank(value)) {
      if (field.optional !== true && field.kind !== 'flag') faults[field.name] = 'form.required';
    } else if (field.kind === 'day' && !isDay(value)) faults[field.name] = 'date.notADay';
    else if (field.kind === 'moment' && !isMoment(value)) faults[field.name] = 'date.notAMoment';
  }
  const [first] = needsOne;
  if (first !== undefined && needsOne.every((name) => isBlank(filled[name]))) faults[first] = 'form.needsOne';
  return faults;
}

/** The command's body as the wire takes it: nothing blank, nothing hidden, texts trimmed. */
export function bodyOf(fields: readonly Field[], filled: Filled): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const field of shownOf(fields, filled)) {
    const value = filled[field.name];
    if (field.kind === 'measures') {
      const rows = measuresOf(value);
      if (rows.length > 0 || field.corrects !== true) body[field.name] = rows;
    } else if (field.kind === 'flag') {
      // An optional mark says something only where it stands.
      if (value === true || field.optional !== true) body[field.name] = value === true;
    } else if (isBlank(value)) continue;
    else if (field.kind === 'days') {
      const days = (value as string[]).filter((day) => !isBlank(day));
      if (days.length > 0) body[field.name] = days;
    } else if (field.kind === 'version' || field.kind === 'number') body[field.name] = Number(value);
    else body[field.name] = typeof value === 'string' ? value.trim() : value;
  }
  return body;
}

function measuresOf(value: unknown): Record<string, unknown>[] {
  const rows = rowsOf(value);
  const taken = new Set(rows.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return rows
    .filter((row) => !isUntouched(row) && !isAsItWas(row))
    .map(({ was: _, id, ...row }) => ({
      id: id ?? nextFree(taken),
      ...Object.fromEntries(
        Object.entries(row)
          .filter(([, text]) => !isBlank(text) && text !== false)
          .map(([name, text]) => [name, typeof text === 'string' ? text.trim() : text]),
      ),
    }));
}

/** As the rules number a measure without an id: duties are keyed by it, so a new row must never take a known one. */
function nextFree(taken: Set<string>): string {
  let number = 1;
  while (taken.has(`m${number}`)) number += 1;
  taken.add(`m${number}`);
  return `m${number}`;
}
