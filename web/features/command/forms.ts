import type { Field, Forms } from './fields.ts';
import { paperForms } from './forms/papers.ts';
import { planForms } from './forms/plan.ts';
import { resultForms } from './forms/results.ts';
import { startForms } from './forms/start.ts';
import { workForms } from './forms/work.ts';

/**
 * One description a command: its fields beside the day and the note that every command has, in the order in which
 * they are asked, and what each is filled with in advance. The server checks all of it again.
 */
export const commandForms: Forms = { ...startForms, ...planForms, ...workForms, ...resultForms, ...paperForms };

export const dayField: Field = { kind: 'day', name: 'on', initial: ({ kase }) => kase.today };
export const noteField: Field = { kind: 'longText', name: 'note', optional: true };

/** Commands given on a row (an entry, a request), not from the list of actions. */
export const rowCommands: readonly string[] = ['annulEntry', 'correctEntry', 'answerRequest', 'recordDelivery'];
