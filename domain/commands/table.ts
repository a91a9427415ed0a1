import { z } from 'zod';
import {
  code,
  codeOrWords,
  finding,
  codes,
  day,
  daySchema,
  days,
  flag,
  list,
  moment,
  number,
  oneOf,
  period,
  place,
  neededCode,
  neededCount,
  neededOneOf,
  neededText,
  text,
  textOrMark,
} from './fields.ts';
import type { Fields } from './fields.ts';
import type { CommandWord } from './command.ts';
import { commandWords, systemWords } from './command.ts';

/** One command: the fact it makes and its fields. Who may give it stands in `domain/access`. */
export interface CommandEntry {
  fact: string;
  fields: Fields;
}

const measure: Fields = {
  id: code,
  what: text,
  kind: code,
  agency: code,
  responsible: text,
  contact: text,
  dueOn: day,
  place,
  form: oneOf('individual', 'group'),
  outside: flag,
};

export const consents = ['personalData', 'agencyInvolvement', 'informationBank', 'photoVideo'] as const;
export const levels = ['adaptation', 'basic', 'crisis', 'emergency'] as const;

const consent: Fields = {
  kind: neededOneOf(...consents),
  member: code,
  agency: code,
  written: flag,
};

const level: Fields = {
  level: neededOneOf(...levels),
  by: code,
  number,
  date: day,
  resolutionNo: number,
  protocolNo: number,
  protocolOn: day,
};

const resolution: Fields = { by: code, resolutionNo: number, number, date: day };

const findings: Fields = {
  kind: neededOneOf('initial', 'interim', 'final'),
  finding,
  by: code,
  members: codes,
};

/** What an agency is asked: the entry that asked it and the subject there (`m2`, an agency's code). */
const request: Fields = { entry: neededCount, subject: neededCode };

/** The one table of all commands. A field that a text may demand can be `null` here; its clause refuses it. */
export const commandCatalog: Readonly<Record<CommandWord, CommandEntry>> = {
  openCase: {
    fact: 'caseOpened',
    fields: {
      ground: oneOf('application', 'message', 'agencyMessage', 'phoneCall', 'commissionResolution'),
      category: code,
      form: oneOf('individual', 'group'),
      members: codes,
      recognisedInNeed: flag,
      socialContract: period,
      familyFormedOn: day,
    },
  },
  adoptCase: {
    fact: 'caseAdopted',
    fields: {
      regulation: {
        stores: 'data',
        schema: z
          .string()
          .regex(/^[a-z0-9-]+(@\d+)?$/, 'code')
          .nullish(),
      },
    },
  },
  assignCurator: {
    fact: 'curatorAssigned',
    fields: {
      curator: neededCode,
      curatorHas: { stores: 'simulation', schema: z.record(z.string(), z.number().int().nonnegative()).nullish() },
    },
  },
  fileDocument: {
    fact: 'documentFiled',
    fields: {
      kind: neededCode,
      number,
      date: day,
      by: code,
      member: code,
      file: code,
      sender: code,
      agency: code,
      to: number,
      annexNo: number,
      answerBy: day,
      about: text,
      result: text,
    },
  },
  signAgreement: { fact: 'agreementSigned', fields: { member: code, number } },
  giveConsent: { fact: 'consentGiven', fields: consent },
  withdrawConsent: { fact: 'consentWithdrawn', fields: consent },
  setLevel: { fact: 'levelSet', fields: level },
  changeLevel: { fact: 'levelChanged', fields: level },
  draftPlan: {
    fact: 'planDrafted',
    fields: { until: day, measures: list(measure), withFamily: flag, childInInstitution: flag, parentVisits: days },
  },
  submitPlan: { fact: 'planSubmitted', fields: { to: code } },
  decidePlan: {
    fact: 'planDecided',
    fields: {
      by: code,
      decision: neededOneOf('approve', 'reject'),
      resolutionNo: number,
      number,
      date: day,
      parentSignature: flag,
      reasons: text,
    },
  },
  sendPlan: { fact: 'planSent', fields: { to: codes } },
  correctPlan: {
    fact: 'planCorrected',
    fields: {
      change: text,
      measures: list(measure),
      by: code,
      correctedOn: day,
      result: text,
      familyOpinion: textOrMark,
    },
  },
  giveMeasure: { fact: 'measureGiven', fields: { agency: code, what: text, dueOn: day, measure: codeOrWords } },
  recordResult: { fact: 'resultRecorded', fields: { measure: codeOrWords, what: text, result: text, by: code } },
  recordService: { fact: 'serviceRecorded', fields: { kind: code, by: code, mentorFrom: code, members: codes, place } },
  recordVisit: { fact: 'visitRecorded', fields: { kind: code, by: code, mentorFrom: code, members: codes, place } },
  recordDiagnostics: { fact: 'diagnosticsRecorded', fields: findings },
  recordMonitoring: { fact: 'monitoringRecorded', fields: findings },
  drawConclusion: {
    fact: 'conclusionDrawn',
    fields: {
      kind: neededOneOf('interim', 'final'),
      by: code,
      decision: oneOf('continue', 'stop'),
      recommendations: textOrMark,
      postSupportNeeded: flag,
      resolutionNo: number,
      number,
      date: day,
    },
  },
  recordDecision: { fact: 'decisionRecorded', fields: { by: code, about: code, decision: code, number, date: day } },
  issueOrder: { fact: 'orderIssued', fields: { kind: neededOneOf('enrolment', 'stopping'), number, date: day } },
  recordSop: { fact: 'sopRecorded', fields: resolution },
  liftSop: { fact: 'sopLifted', fields: resolution },
  informBody: {
    fact: 'bodyInformed',
    fields: {
      body: neededOneOf('commission', 'guardianship'),
      about: oneOf('sop', 'progress', 'violation'),
      how: oneOf('phone', 'letter'),
      who: text,
      at: moment,
    },
  },
  reportViolation: {
    fact: 'violationReported',
    fields: { found: moment, familyKind: code, reported: moment, by: oneOf('phone', 'letter'), to: code, who: text },
  },
  registerRequest: {
    fact: 'requestRegistered',
    fields: {
      direction: neededOneOf('in', 'out'),
      number,
      sender: code,
      agency: code,
      annexNo: number,
      answerBy: day,
      about: text,
    },
  },
  registerAnswer: {
    fact: 'answerRegistered',
    // An answer to what came in goes out, and the other way round; one that does not say may be either.
    fields: { to: number, direction: oneOf('in', 'out'), number, date: day, annexNo: number, result: text },
  },
  enterInformationBank: { fact: 'informationBankEntered', fields: { member: code } },
  amendSocialContract: { fact: 'socialContractAmended', fields: { to: day, endedOn: day, reason: text } },
  startPostSupport: { fact: 'postSupportStarted', fields: { by: code, protocolNo: number, protocolOn: day } },
  endSupport: {
    fact: 'supportEnded',
    fields: { ground: code, by: code, protocolNo: number, protocolOn: day, resolutionNo: number },
  },
  suspend: { fact: 'supportSuspended', fields: { reason: text } },
  resume: { fact: 'supportResumed', fields: { reason: text } },
  extend: {
    fact: 'termExtended',
    fields: { duty: codeOrWords, days: neededCount, reason: neededText },
  },
  moveToVersion: { fact: 'versionMoved', fields: { version: neededCount, reason: text } },
  annulEntry: { fact: 'entryAnnulled', fields: { entry: neededCount, reason: text } },
  correctEntry: { fact: 'entryCorrected', fields: { entry: neededCount, reason: text } },
  submitReport: { fact: 'reportSubmitted', fields: { report: neededCode, period: code, regulation: code } },
  answerRequest: {
    fact: 'requestAnswered',
    fields: { ...request, answer: neededOneOf('done', 'needTime', 'cannot'), until: day, text },
  },
  recordDelivery: {
    fact: 'requestDelivered',
    fields: { ...request, how: neededOneOf('phone', 'letter', 'inPerson') },
  },
  requestSent: { fact: 'requestSent', fields: request },
  requestFailed: { fact: 'requestFailed', fields: { ...request, code: neededCode } },
};

/** The command that makes each kind of fact. */
export const commandOfFact: ReadonlyMap<string, CommandWord> = new Map(
  [...commandWords, ...systemWords].map((word) => [commandCatalog[word].fact, word]),
);

/** Commands of one past: years of weekly visits fit, and one transaction still judges them within its time. */
export const longestPast = 500;

const schemaOf = (word: CommandWord, { fields }: CommandEntry): z.ZodObject =>
  z.strictObject({
    command: z.literal(word),
    on: daySchema,
    recordedOn: daySchema.nullish(),
    note: text.schema,
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema])),
    ...(word === 'correctEntry' ? { replacement: z.record(z.string(), z.unknown()) } : {}),
    ...(word === 'adoptCase' ? { facts: z.array(z.record(z.string(), z.unknown())).max(longestPast).nullish() } : {}),
  });

/** The wire shape of each command: strict, so an unknown field is invalid input. */
export const commandSchemas = Object.fromEntries(
  [...commandWords, ...systemWords].map((word) => [word, schemaOf(word, commandCatalog[word])]),
) as Record<CommandWord, z.ZodObject>;
