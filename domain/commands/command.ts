import type { Day } from '../calendar/day.ts';

/** Words that people, links and scenarios give. The imperative; wire names that never change. */
export const commandWords = [
  'openCase',
  'adoptCase',
  'assignCurator',
  'fileDocument',
  'signAgreement',
  'giveConsent',
  'withdrawConsent',
  'setLevel',
  'changeLevel',
  'draftPlan',
  'submitPlan',
  'decidePlan',
  'sendPlan',
  'correctPlan',
  'giveMeasure',
  'recordResult',
  'recordService',
  'recordVisit',
  'recordDiagnostics',
  'recordMonitoring',
  'drawConclusion',
  'recordDecision',
  'issueOrder',
  'recordSop',
  'liftSop',
  'informBody',
  'reportViolation',
  'registerRequest',
  'registerAnswer',
  'enterInformationBank',
  'amendSocialContract',
  'startPostSupport',
  'endSupport',
  'suspend',
  'resume',
  'extend',
  'moveToVersion',
  'annulEntry',
  'correctEntry',
  'submitReport',
  'answerRequest',
  'recordDelivery',
] as const;

/** Words that only the process gives itself: the outcome of sending a request. */
export const systemWords = ['requestSent', 'requestFailed'] as const;

export type CommandWord = (typeof commandWords)[number] | (typeof systemWords)[number];

/**
 * A checked command. Codes, ids, days and counts stand in `data` under the names of the wire, with what was `null`
 * left out; whatever a person typed stands in `texts` by path, and `data` says only that it is there: `has` lists
 * the typed fields, in the command and in each item of a list.
 */
export interface Command {
  command: CommandWord;
  on: Day;
  /** The day it is entered; only scenarios may name it. */
  recordedOn: Day | null;
  /** The kind of fact it makes: one event kind for the two forms of one fact. */
  fact: string;
  data: Record<string, unknown>;
  texts: Record<string, string>;
  /** Fields without which the command says nothing and which it lacks. */
  lacking: string[];
  /** Families that the curator already has, by level: only in scenarios, the product counts its records. */
  curatorHas: Record<string, number> | null;
  /** The command that replaces the entry (`correctEntry`). */
  replacement: Command | null;
  /** The commands of the past (`adoptCase`). */
  past: Command[];
}

export interface InputError {
  /** `measures.0.dueOn`, or empty for the whole. */
  path: string;
  message: string;
  ru: string;
}

export type Parsed = { ok: true; command: Command } | { ok: false; errors: InputError[] };
