import type { Action, CommandAction, OtherAction } from './action.ts';
import type { Relation } from './relation.ts';
import type { Role } from './role.ts';

/** Who may do an action, and in which relations to the case; a role that is not named may never. */
export type Row = Readonly<Partial<Record<Role, readonly Relation[]>>>;

/** The curator in his cases; a head may all that curators of the department may. */
const curatorAndHead: Row = { curator: ['ownCase'], head: ['ownCase', 'ownDepartment'] };

const headAlone: Row = { head: ['ownDepartment'] };

/** A case that does not exist yet has no curator: the relation is to the institution. */
const opening: Row = { curator: ['institution'], head: ['institution'] };

/** An act of a body. Until bodies with members exist the curator enters it with its number; its secretary may already. */
const actOfBody: Row = { ...curatorAndHead, secretary: ['ownBody'] };

const resultOfAgency: Row = { ...curatorAndHead, agencyOfficer: ['ownRequest'] };

/** A curator corrects what he entered himself today; anything older needs the head. */
const correction: Row = { curator: ['ownEntryToday'], head: ['ownEntryToday', 'ownDepartment'] };

/** The institution's own duties and reports: of no case, and of everybody who works with families. */
const ownToInstitution: Row = { curator: ['institution'], head: ['institution'], deputyDirector: ['institution'] };

const readersOfCase: Row = { ...curatorAndHead, deputyDirector: ['institution'], secretary: ['ownBody'] };

const everybody: Row = {
  curator: ['institution'],
  head: ['institution'],
  deputyDirector: ['institution'],
  secretary: ['institution'],
  agencyOfficer: ['institution'],
  administrator: ['institution'],
};

const commands: Readonly<Record<CommandAction, Row>> = {
  openCase: opening,
  adoptCase: { head: ['institution'] },
  assignCurator: headAlone,
  fileDocument: actOfBody,
  signAgreement: curatorAndHead,
  giveConsent: curatorAndHead,
  withdrawConsent: curatorAndHead,
  setLevel: actOfBody,
  changeLevel: actOfBody,
  draftPlan: curatorAndHead,
  submitPlan: curatorAndHead,
  decidePlan: actOfBody,
  sendPlan: curatorAndHead,
  correctPlan: curatorAndHead,
  giveMeasure: curatorAndHead,
  recordResult: resultOfAgency,
  recordService: curatorAndHead,
  recordVisit: curatorAndHead,
  recordDiagnostics: curatorAndHead,
  recordMonitoring: curatorAndHead,
  drawConclusion: actOfBody,
  recordDecision: actOfBody,
  issueOrder: headAlone,
  recordSop: actOfBody,
  liftSop: actOfBody,
  informBody: curatorAndHead,
  reportViolation: curatorAndHead,
  registerRequest: curatorAndHead,
  registerAnswer: resultOfAgency,
  enterInformationBank: curatorAndHead,
  amendSocialContract: curatorAndHead,
  startPostSupport: curatorAndHead,
  endSupport: curatorAndHead,
  suspend: curatorAndHead,
  resume: curatorAndHead,
  extend: headAlone,
  moveToVersion: headAlone,
  annulEntry: correction,
  correctEntry: correction,
  answerRequest: resultOfAgency,
  recordDelivery: curatorAndHead,
  submitReport: ownToInstitution,
};

const others: Readonly<Record<OtherAction, Row>> = {
  readSelf: everybody,
  readCase: readersOfCase,
  // The same people: the answer has no personal text, and still tells that a family is accompanied, and why.
  explainCase: readersOfCase,
  readRequests: {
    ...curatorAndHead,
    deputyDirector: ['institution'],
    secretary: ['ownBody'],
    // Only the requests to his own agency: the reading function narrows the list.
    agencyOfficer: ['ownRequest'],
  },
  issueLink: curatorAndHead,
  readInstitution: ownToInstitution,
  readLate: { head: ['ownDepartment'], deputyDirector: ['institution'] },
  advanceTraining: curatorAndHead,
  readDirectory: {
    curator: ['institution'],
    head: ['institution'],
    deputyDirector: ['institution'],
    secretary: ['institution'],
    administrator: ['institution'],
  },
  manageStaff: { administrator: ['institution'] },
  manageSettings: { administrator: ['institution'] },
  // Published law and reckoning by it: no case is seen.
  readRegulations: everybody,
  simulate: everybody,
  // Exists only where the installation keeps its own mailbox: for learning and trying.
  readMailbox: everybody,
};

/** The whole table of access: action × role × relation. What is not listed is denied. */
export const accessTable: Readonly<Record<Action, Row>> = { ...commands, ...others };
