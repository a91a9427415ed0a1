import { describe, expect, it } from 'vitest';
import { commandCatalog, commandSchemas, commandWords } from '../../domain/commands/catalog.ts';
import { factKinds } from '../../domain/regulation/condition-schema.ts';
import { loadRegulations } from '../../platform/regulations/load.ts';
import { bodyOf } from '../../web/features/command/body.ts';
import { findCommandOf } from '../../web/features/command/facts.ts';
import { commandForms, dayField } from '../../web/features/command/forms.ts';
import words from '../../web/locales/ru/command.json';
import type { CommandWord } from '../../domain/commands/command.ts';
import type { EventView } from '../../web/lib/shapes.ts';

/** Commands that no form of this folder gives, each with its reason. */
const elsewhere: Readonly<Partial<Record<CommandWord, string>>> = {
  openCase: 'has a panel of its own: it names the family and its people',
  adoptCase: 'has a page of its own: the past is entered step by step',
  submitReport: 'is given to the institution, on the page of its reports; a case refuses it',
};

/** Fields of the wire that no form asks for, each with its reason. */
const notAsked: Readonly<Record<string, string>> = {
  'assignCurator.curatorHas': 'scenarios only: the product counts its records',
  'fileDocument.file': 'no store of files yet',
  'annulEntry.entry': 'known from the row',
  'correctEntry.entry': 'known from the row',
};

/** Fields of words that a form fills by a choice alone, each with its reason. */
const chosen: Readonly<Record<string, string>> = {
  'giveMeasure.measure': 'one of the plan; what is in no plan is told by what, agency and day',
  'recordResult.measure': 'the result of a measure is of one that was given: its duty is met by its code',
  'extend.duty': 'a term is extended by its key, or nothing would move',
};

/** Kinds of documents that rules know under two names: the form offers the other one. */
const sameDocument: Readonly<Record<string, string>> = {
  ipss: 'programme',
  refusal: 'refusalStatement',
};

const given = commandWords.filter((word) => elsewhere[word] === undefined);

it.each(given)('%s has a form', (word) => expect(commandForms[word]).toBeDefined());

it('describes no form of a command that there is not', () => {
  expect(Object.keys(commandForms).filter((word) => !(given as string[]).includes(word))).toEqual([]);
});

describe.each(given)('%s', (word) => {
  const asked = commandForms[word]?.fields ?? [];
  const known = Object.keys(commandCatalog[word].fields);

  it('asks for nothing that the command does not take', () => {
    expect(asked.map(({ name }) => name).filter((name) => name !== 'reason' && !known.includes(name))).toEqual([]);
  });

  it('asks for everything that the command takes, or says why not', () => {
    const names = asked.map(({ name }) => name);
    expect(known.filter((name) => !names.includes(name) && notAsked[`${word}.${name}`] === undefined)).toEqual([]);
  });

  it('offers only codes that the command takes', () => {
    for (const field of asked) {
      if (field.kind !== 'choice') continue;
      for (const code of field.options)
        expect(commandCatalog[word].fields[field.name]?.schema.safeParse(code).success, code).toBe(true);
    }
  });

  it('offers every code of a closed list', () => {
    for (const field of asked) {
      if (field.kind !== 'choice') continue;
      const codes = closedList(commandCatalog[word].fields[field.name]?.schema);
      expect(
        codes.filter((code) => !field.options.includes(code)),
        field.name,
      ).toEqual([]);
    }
  });

  it('takes words wherever the command takes them', () => {
    const typed = ['text', 'longText', 'codeOrText', 'textOrMark'];
    const unsaid = asked.filter(
      ({ name, kind }) => commandCatalog[word].fields[name]?.stores === 'text' && !typed.includes(kind),
    );
    expect(unsaid.filter(({ name }) => chosen[`${word}.${name}`] === undefined)).toEqual([]);
  });

  it('sends a body that the wire takes', () => {
    const filled: Record<string, unknown> = { on: '2026-03-02' };
    for (const field of asked)
      filled[field.name] = sample(field.kind, 'options' in field ? field.options[0] : undefined);
    const body = { command: word, ...bodyOf([dayField, ...asked], filled) };
    const full = word === 'correctEntry' ? { ...body, replacement: {} } : body;
    expect(commandSchemas[word].safeParse(full).error?.issues).toBeUndefined();
  });
});

function sample(kind: string, code: string | undefined): unknown {
  switch (kind) {
    case 'day':
      return '2026-03-02';
    case 'moment':
      return '2026-03-02T21:40';
    case 'days':
      return ['2026-03-02'];
    case 'measures':
      return [{ what: 'Кружок', agency: 'school', responsible: 'завуч', dueOn: '2026-06-01', outside: true }];
    case 'agencies':
    case 'members':
      return ['a1'];
    case 'flag':
      return true;
    case 'number':
    case 'version':
      return '2';
    case 'hidden':
      return undefined;
    default:
      return code ?? 'a1';
  }
}

/** The values of `oneOf`, none of anything wider. */
function closedList(schema: unknown): readonly string[] {
  const { options, unwrap } = schema as { options?: readonly unknown[]; unwrap?: () => unknown };
  if (unwrap !== undefined) return closedList(unwrap.call(schema));
  return (options ?? []).filter((option) => typeof option === 'string');
}

it('reads a closed list', () => {
  expect(closedList(commandCatalog.recordMonitoring.fields['kind']?.schema)).toEqual(['initial', 'interim', 'final']);
});

it('asks of a measure of the plan everything that the plan takes', () => {
  const items = Object.keys(commandCatalog.draftPlan.fields['measures']?.items ?? {});
  expect(items.filter((name) => name !== 'id' && !(name in words.measures))).toEqual([]);
});

it('offers every document that a regulation waits for', () => {
  const offered = commandForms['fileDocument']?.fields.find(({ name }) => name === 'kind');
  const options = offered !== undefined && 'options' in offered ? offered.options : [];
  expect(awaitedDocuments().length).toBeGreaterThan(5);
  expect(awaitedDocuments().filter((kind) => !options.includes(sameDocument[kind] ?? kind))).toEqual([]);
});

function awaitedDocuments(): string[] {
  const kinds = new Set<string>();
  const walk = (at: unknown): void => {
    if (at === null || typeof at !== 'object') return;
    const { fact, where } = at as { fact?: unknown; where?: { kind?: string | string[] } };
    if ([fact].flat().includes('documentFiled')) for (const kind of [where?.kind ?? []].flat()) kinds.add(kind);
    Object.values(at).forEach(walk);
  };
  for (const regulation of loadRegulations().values()) walk(regulation);
  return [...kinds];
}

it('knows by which form each kind of entry is corrected', () => {
  const bookkeeping = ['caseOpened', 'caseAdopted', 'entryAnnulled', 'entryCorrected'];
  const inNoCase = ['reportSubmitted'];
  const unknown = factKinds.filter(
    (kind) => ![...bookkeeping, ...inNoCase].includes(kind) && findCommandOf({ kind } as EventView) === undefined,
  );
  expect(unknown).toEqual([]);
});
