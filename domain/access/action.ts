import { commandWords } from '../commands/command.ts';

export type CommandAction = (typeof commandWords)[number];

/** What is done beside commands: reading, the training clock, links, the house's own lists. */
export const otherActions = [
  'readSelf',
  'readCase',
  'explainCase',
  'readRequests',
  'issueLink',
  'readLate',
  'readInstitution',
  'advanceTraining',
  'readDirectory',
  'manageStaff',
  'manageSettings',
  'readRegulations',
  'simulate',
  'readMailbox',
] as const;
export type OtherAction = (typeof otherActions)[number];

export type Action = CommandAction | OtherAction;
export const actions: readonly Action[] = [...commandWords, ...otherActions];
