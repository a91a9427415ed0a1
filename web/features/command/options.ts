import { dottedDay } from '../../lib/days.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { CodeGroup } from '../../lib/code-group.ts';
import type { EventView, NamedList } from '../../lib/shapes.ts';
import { wordsOf } from '../duties/words.ts';
import type { About, Field } from './fields.ts';
import { measuresWithResult, plannedMeasures } from './prefill.ts';

export interface Option {
  value: string;
  label: string;
}

interface Words {
  word: (group: CodeGroup, code: string) => string;
  number: (number: string) => string;
}

/** What a field lets one choose from, by its kind. */
export function optionsOf(field: Field, about: About, { word, number }: Words): Option[] {
  const agencies = about.agencies.map(({ code, name }) => ({ value: code, label: name }));
  const bodies = about.bodies.map(({ code, name }) => ({ value: code, label: sayTitle(name) }));
  switch (field.kind) {
    case 'choice':
    case 'codeOrText': {
      const served = choicesFor(about.lists, `${about.command}.${field.name}`);
      if (served) return served;
      return field.options.map((code) => ({ value: code, label: word(field.group, code) }));
    }
    case 'body':
      return distinct([...bodies, ...(field.also ?? []).map((code) => ({ value: code, label: word('body', code) }))]);
    case 'agency':
    case 'agencies':
      return agencies;
    case 'correspondent':
      return distinct([...bodies, ...agencies]);
    case 'curator':
      return about.staff
        .filter(({ role, active }) => active && role === 'curator')
        .map(({ id, name }) => ({ value: id, label: name }));
    case 'staff':
      return about.staff
        .filter(({ agency, active }) => active && agency === null)
        .map(({ id, name }) => ({ value: id, label: name }));
    case 'member':
    case 'members':
      return (about.kase.family?.members ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case 'measure':
      return (field.given === true ? measuresWithResult(about) : plannedMeasures(about)).map(({ id, what }) => ({
        value: id,
        label: what === '' ? id : what,
      }));
    case 'duty':
      return about.duties
        .filter(({ state, dueOn }) => dueOn !== null && (state === 'open' || state === 'overdue'))
        .map((duty) => ({ value: duty.key, label: `${wordsOf(duty)} — ${dottedDay(duty.dueOn ?? '')}` }));
    case 'version':
      return about.versions.map(({ version, title }) => ({
        value: String(version),
        label: `${number(String(version))} · ${sayTitle(title)}`,
      }));
    case 'requestNumber':
      return registeredRequests(about.log).map((entry) => ({ value: numberOf(entry), label: requestLabel(entry) }));
    default:
      return [];
  }

  function requestLabel(entry: EventView): string {
    const from = entry.data['sender'] ?? entry.data['agency'];
    const who = [...bodies, ...agencies].find(({ value }) => value === from)?.label;
    return [number(numberOf(entry)), dottedDay(entry.on), who, entry.texts['about']]
      .filter((part) => part !== undefined)
      .join(' · ');
  }
}

/** What the regulation itself names for a field, where it does: then nothing else is offered. */
export function choicesFor(lists: readonly NamedList[], field: string): Option[] | undefined {
  return lists
    .find(({ serves }) => serves.includes(field))
    ?.items.map(({ code, name }) => ({ value: code, label: sayTitle(name) }));
}

/** What the duty or the entry has set stays choosable though no list knows it: another regulation's own code. */
export const withOwn = (options: Option[], value: string, say: (value: string) => string): Option[] =>
  value === '' || options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: say(value) }];

const distinct = (options: Option[]): Option[] =>
  options.filter(({ value }, at) => options.findIndex((other) => other.value === value) === at);

const numberOf = (entry: EventView): string => (typeof entry.data['number'] === 'string' ? entry.data['number'] : '');

/** Requests in the register, those without an answer first. */
function registeredRequests(log: readonly EventView[]): EventView[] {
  const standing = log.filter(({ annulledBy }) => annulledBy === null);
  const answered = new Set(standing.filter(({ kind }) => kind === 'answerRegistered').map(({ data }) => data['to']));
  const requests = standing.filter((entry) => entry.kind === 'requestRegistered' && numberOf(entry) !== '');
  const isAnswered = (entry: EventView): boolean => answered.has(numberOf(entry));
  return [...requests.filter((entry) => !isAnswered(entry)), ...requests.filter(isAnswered)];
}
