import { isDay } from '../../../domain/calendar/civil.ts';
import type { CodeGroup } from '../../lib/code-group.ts';
import { dottedDay } from '../../lib/days.ts';
import { say } from '../../lib/i18n.ts';
import { namesOf } from '../../lib/names.ts';
import type { CaseView, EventView } from '../../lib/shapes.ts';
import { answerCode } from '../../lib/answer-code.ts';
import { measureWords } from './subjects.ts';

const inAnswer = ['answerRegistered', 'documentFiled'];

/** Bookkeeping of the process, of no use to a reader. */
const hidden = new Set(['has', 'measures', 'key', 'start', 'calendarVersion', 'against']);

type Word = (group: CodeGroup, code: string) => string;

/** An entry's data and texts as pairs of words: codes said, days dotted, ids named. */
export function detailsOf(
  entry: EventView,
  kase: CaseView,
  log: readonly EventView[],
  word: Word,
): [label: string, value: string][] {
  const names = new Map([...namesOf(kase), ...log.flatMap((plan) => measureNames(plan))]);
  const lines: [string, string][] = [];
  for (const [name, value] of Object.entries(entry.data)) {
    if (hidden.has(name)) continue;
    if (name === 'regulation' && value === kase.regulation.id) {
      lines.push([word('field', name), say(kase.regulation.title)]);
      continue;
    }
    const said = sayValue(name, value);
    if (said !== '') lines.push([word('field', labelOf(name)), said]);
  }
  for (const [path, text] of Object.entries(entry.texts)) {
    if (!path.startsWith('measures.')) lines.push([word('field', path), text]);
  }
  for (const measure of measuresOf(entry)) lines.push([word('field', 'measure'), measure]);
  return lines;

  /** What an answer is sent to is no addressee: it names the request by its number. */
  function labelOf(name: string): string {
    return name === 'to' && inAnswer.includes(entry.kind) ? 'toRequest' : name;
  }

  function sayValue(name: string, value: unknown): string {
    if (Array.isArray(value))
      return value
        .map((item) => sayValue(name, item))
        .filter((item) => item !== '')
        .join(', ');
    if (typeof value === 'boolean') return word('value', String(value));
    if (typeof value === 'number') return String(value);
    if (value !== null && typeof value === 'object') return sayParts(value as Record<string, unknown>);
    if (typeof value !== 'string') return '';
    if (isDay(value)) return dottedDay(value);
    const named = names.get(value);
    if (named !== undefined) return named;
    if (name === 'answer' && entry.kind === 'requestAnswered') return word('answer', answerCode(askedBy(entry), value));
    const own = name === 'ground' && entry.kind === 'supportEnded' ? 'endGround' : groupOf[name];
    for (const group of [own, 'value', 'body', 'role'] as const) {
      if (group !== undefined && word(group, value) !== value) return word(group, value);
    }
    return value;
  }

  /** What was asked: a plan that is sent asks to be acknowledged, a measure to be carried out. */
  function askedBy({ data }: EventView): string {
    const isPlan = log.some(({ root, kind }) => kind === 'planSent' && root === data['entry']);
    return isPlan ? 'acknowledgePlan' : 'measure';
  }

  /** Of several parts, each with its own word: the days of a social contract. */
  function sayParts(parts: Record<string, unknown>): string {
    // The records keep an object's parts in an order of their own.
    const inOrder = ['from', 'to'].filter((part) => part in parts);
    const rest = Object.keys(parts).filter((part) => !inOrder.includes(part));
    return [...inOrder, ...rest]
      .map((part) => [word('part', part), sayValue(part, parts[part])])
      .filter(([, said]) => said !== '')
      .map((pair) => pair.join(' '))
      .join(' ');
  }

  function measuresOf({ data, texts }: EventView): string[] {
    const rows = Array.isArray(data['measures']) ? (data['measures'] as Record<string, unknown>[]) : [];
    return rows.map((row, index) => {
      const part = (name: string): string => texts[`measures.${index}.${name}`] ?? sayValue(name, row[name]);
      return [part('what'), part('agency'), part('responsible'), part('dueOn')]
        .filter((text) => text !== '')
        .join(', ');
    });
  }
}

const measureNames = (plan: EventView): [string, string][] =>
  (Array.isArray(plan.data['measures']) ? (plan.data['measures'] as Record<string, unknown>[]) : []).flatMap((row) => {
    const id = typeof row['id'] === 'string' ? row['id'] : undefined;
    const words = id === undefined ? undefined : measureWords(plan, id);
    return id === undefined || words === undefined ? [] : [[id, words] as [string, string]];
  });

/** Entries of an adopted past that a clause stands against: kept with the adoption, so that every reader sees them. */
export function againstClauses(
  entry: EventView,
  log: readonly EventView[],
): { seq: number; kind: string | undefined; clause: string | null }[] {
  const rows = Array.isArray(entry.data['against'])
    ? (entry.data['against'] as { entry: number; clause: string | null }[])
    : [];
  return rows.map(({ entry: seq, clause }) => ({ seq, clause, kind: log.find((other) => other.seq === seq)?.kind }));
}

const groupOf: Readonly<Record<string, CodeGroup>> = {
  category: 'category',
  form: 'form',
  ground: 'ground',
  by: 'body',
  body: 'body',
  to: 'body',
  level: 'level',
  answer: 'answer',
};
