import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../domain/commands/catalog.ts';

const read = (input: unknown, where?: string) => {
  const parsed = parseCommand(input, where);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.command;
};
const faults = (input: unknown, where?: string): string[] => {
  const parsed = parseCommand(input, where);
  return parsed.ok ? [] : parsed.errors.map(({ path, ru, message }) => `${path} | ${ru} | ${message}`);
};
const visit = { command: 'recordVisit', on: '2026-03-12' };

describe('a paper that is the other form of a deed', () => {
  it.each([
    ['enrolmentResolution', 'decisionRecorded', { about: 'enrolment' }],
    ['stoppingResolution', 'decisionRecorded', { about: 'stopping' }],
    ['continuingResolution', 'decisionRecorded', { about: 'continuing' }],
    ['enrolmentOrder', 'orderIssued', { kind: 'enrolment' }],
    ['stoppingOrder', 'orderIssued', { kind: 'stopping' }],
    ['informationBankEntry', 'informationBankEntered', {}],
    ['incomingRequest', 'requestRegistered', { direction: 'in' }],
    ['outgoingRequest', 'requestRegistered', { direction: 'out' }],
    ['outgoingAnswer', 'answerRegistered', { direction: 'out' }],
    ['incomingAnswer', 'answerRegistered', { direction: 'in' }],
    ['housingAct', 'documentFiled', { kind: 'housingAct' }],
  ])('%s is %s', (kind, fact, data) => {
    expect(read({ command: 'fileDocument', on: '2026-03-12', kind })).toMatchObject({ fact });
    expect(read({ command: 'fileDocument', on: '2026-03-12', kind }).data).toEqual(data);
  });
});

describe('what is wrong with a command, and where', () => {
  it('a word or a shape that is none', () => {
    expect(faults([])).toEqual([
      ' | команда записывается полями: command, on и другие | a command is an object with command, on and other fields',
    ]);
    expect(faults(null)).toHaveLength(1);
    expect(faults({ ...visit, command: 'visit' })[0]).toMatch(
      /^command \| неизвестная команда «visit»; известны: .*recordVisit.* \| unknown command "visit"; known: .*recordVisit/,
    );
  });

  it('a field that the command has not, with those that it has', () => {
    expect(faults({ ...visit, colour: 'red' })[0]).toMatch(
      /^colour \| неизвестное поле «colour» команды recordVisit; её поля: on, .* \| unknown field "colour" of recordVisit; its fields: on, /,
    );
    const measures = [{ what: 'talk', responsible: 'x', dueOn: '2026-04-01', colour: 'red' }];
    expect(faults({ command: 'draftPlan', on: '2026-03-12', until: '2026-09-01', measures })).toEqual([
      'measures.0.colour | неизвестное поле «measures.0.colour» команды draftPlan | unknown field "measures.0.colour" of draftPlan',
    ]);
  });

  it('a day that is none, a field that lacks, a value that is not among those known', () => {
    expect(faults({ command: 'recordVisit', on: '2026-02-30' })).toEqual([
      'on | «on»: нет такого дня; нужен день вида 2026-03-12 | "on": no such day; expected a day like 2026-03-12',
    ]);
    expect(faults({ command: 'recordVisit' })).toEqual([
      'on | не хватает поля «on» (string) | field "on" is missing (string)',
    ]);
    expect(faults({ ...visit, on: 5 })).toEqual(['on | «on»: нужно значение вида string | "on": expected string']);
    expect(faults({ command: 'decidePlan', on: '2026-03-12', decision: 'perhaps' })[0]).toMatch(
      /^decision \| «decision»: допустимы значения approve, .* \| "decision": expected one of approve, /,
    );
  });

  it('two measures of one id, told at the second', () => {
    const measure = { id: 'm1', what: 'talk', responsible: 'x', dueOn: '2026-04-01' };
    const plan = { command: 'draftPlan', on: '2026-03-12', until: '2026-09-01' };
    expect(faults({ ...plan, measures: [measure, { ...measure, id: 'm2' }, measure] })).toEqual([
      'measures.2.id | «measures.2.id»: мероприятие «m1» уже есть в этом списке | "measures.2.id": measure "m1" is in this list already',
    ]);
    expect(faults({ ...plan, measures: [measure, { ...measure, id: 'm2' }] })).toEqual([]);
  });

  it('inside another command, by the path from the outer one', () => {
    const correct = { command: 'correctEntry', on: '2026-03-12', entry: 2, reason: 'wrong day' };
    expect(faults({ ...correct, replacement: { ...visit, on: '2026-02-30' } })[0]).toMatch(/^replacement\.on \| /);
    expect(faults({ ...correct, replacement: { ...correct, replacement: visit } })).toEqual([
      'replacement.command | «correctEntry» внутри другой команды не бывает | "correctEntry" cannot stand inside another command',
    ]);
    expect(read({ ...correct, replacement: visit }).replacement).toMatchObject(visit);
  });

  it('in a file, by the file and line before each sentence', () => {
    expect(faults({ ...visit, on: '2026-02-30' }, 'a.yaml:7')).toEqual([
      'on | a.yaml:7: «on»: нет такого дня; нужен день вида 2026-03-12 | a.yaml:7: "on": no such day; expected a day like 2026-03-12',
    ]);
  });
});
