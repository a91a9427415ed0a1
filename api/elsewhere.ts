import { commandWords } from '../domain/commands/command.ts';

/** Words that no open case takes, and where each belongs. */
export const elsewhere = {
  openCase: 'a case is opened by POST /api/v1/cases',
  adoptCase: 'a case is adopted by POST /api/v1/cases/adopt',
  submitReport: 'a report is the institution’s own: POST /api/v1/institution/commands',
};

/** Words that are given in a case. */
export const givenInCase = commandWords.filter((word) => !(word in elsewhere));
