import { expect, it } from 'vitest';
import { commandWords } from '../../domain/commands/command.ts';
import { commandsNamedBy } from '../../domain/regulation/commands-named.ts';
import { loadRegulations } from '../../platform/regulations/load.ts';
import { regulation } from '../domain/support/family.ts';

const named = (id: string) => commandsNamedBy(regulation(`${id}@1`));

it('names what a text asks for and looks at, and leaves out what it never speaks of', () => {
  // A social contract and its services: the text knows no interagency plan, no status, no visits.
  expect([...named('gus-khrustalny')]).toEqual(expect.arrayContaining(['recordService', 'amendSocialContract']));
  for (const word of ['submitPlan', 'recordSop', 'recordVisit', 'reportViolation', 'suspend'] as const)
    expect(named('gus-khrustalny')).not.toContain(word);
  expect([...named('borovichi')]).toEqual(
    expect.arrayContaining(['draftPlan', 'decidePlan', 'sendPlan', 'liftSop', 'setLevel', 'drawConclusion']),
  );
  expect(named('borovichi')).not.toContain('recordService');
  // A register of requests is a rule of one text alone.
  expect(named('vologda')).toContain('registerAnswer');
  expect(named('kogalym')).not.toContain('registerAnswer');
});

it.each([...loadRegulations().values()].map((one) => [one.id, one] as const))(
  '%s: names every command that performs one of its duties, whom they await, and the end of support',
  (_id, file) => {
    const found = commandsNamedBy(file);
    expect(found).toContain('assignCurator');
    expect(found).toContain('endSupport');
    // Whatever a list of the text serves, or a refusal stands against, is spoken of.
    for (const { command } of file.refusals) expect(found).toContain(command);
    for (const word of found) expect(commandWords).toContain(word);
  },
);

it('follows the file: a rule that moves a day brings the command that moves it', () => {
  const file = regulation('kogalym@1');
  expect(commandsNamedBy(file)).not.toContain('extend');
  const rule = Object.keys(file.duties)[0] ?? '';
  const house = { ...file.house, suspendable: [rule], extendable: [{ duty: rule, days: 5 }] };
  expect([...commandsNamedBy({ ...file, house })]).toEqual(expect.arrayContaining(['extend', 'suspend', 'resume']));
});
