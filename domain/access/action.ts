/** Every command word of a case, in the order of the table of commands. */
export const commandActions = [
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
] as const;
export type CommandAction = (typeof commandActions)[number];

/** What is done beside commands: reading, the training clock, links, the house's own lists. */
export const otherActions = [
  'readSelf',
  'readCase',
  'readRequests',
  'issueLink',
  'readLate',
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
export const actions: readonly Action[] = [...commandActions, ...otherActions];
