import { describe, expect, it } from 'vitest';
import { commandCatalog, commandSchemas, commandWords } from '../../domain/commands/catalog.ts';
import { factKinds } from '../../domain/regulation/condition-schema.ts';
import { bodyOf } from '../../web/features/command/body.ts';
import { findCommandOf } from '../../web/features/command/facts.ts';
import { commandForms, dayField } from '../../web/features/command/forms.ts';
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
  'fileDocument.by': 'whoever is signed in is on record',
  'fileDocument.sender': 'belongs to the register: registerRequest asks for it',
  'fileDocument.agency': 'belongs to the register',
  'fileDocument.to': 'belongs to the register',
  'fileDocument.annexNo': 'belongs to the register',
  'fileDocument.answerBy': 'belongs to the register',
  'fileDocument.result': 'belongs to the register',
  'recordResult.what': 'the measure is chosen, not described',
  'recordDiagnostics.by': 'whoever is signed in is on record',
  'recordMonitoring.by': 'whoever is signed in is on record',
  ...Object.fromEntries(
    ['setLevel', 'changeLevel', 'decidePlan', 'drawConclusion', 'recordSop', 'liftSop'].flatMap((word) =>
      ['number', 'date'].map((name) => [`${word}.${name}`, 'other names of resolutionNo and of the day']),
    ),
  ),
  'annulEntry.entry': 'known from the row',
  'correctEntry.entry': 'known from the row',
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

it('knows by which form each kind of entry is corrected', () => {
  const bookkeeping = ['caseOpened', 'caseAdopted', 'entryAnnulled', 'entryCorrected'];
  const inNoCase = ['reportSubmitted'];
  const unknown = factKinds.filter(
    (kind) => ![...bookkeeping, ...inNoCase].includes(kind) && findCommandOf({ kind } as EventView) === undefined,
  );
  expect(unknown).toEqual([]);
});
