import type { EventView } from '../../lib/shapes.ts';

/** Which command makes which fact: for correcting an entry by the form that made it. */
const commandOfFact: Readonly<Record<string, string>> = {
  curatorAssigned: 'assignCurator',
  consentGiven: 'giveConsent',
  consentWithdrawn: 'withdrawConsent',
  agreementSigned: 'signAgreement',
  levelSet: 'setLevel',
  levelChanged: 'changeLevel',
  diagnosticsRecorded: 'recordDiagnostics',
  monitoringRecorded: 'recordMonitoring',
  planDrafted: 'draftPlan',
  planSubmitted: 'submitPlan',
  planDecided: 'decidePlan',
  planSent: 'sendPlan',
  planCorrected: 'correctPlan',
  measureGiven: 'giveMeasure',
  resultRecorded: 'recordResult',
  visitRecorded: 'recordVisit',
  serviceRecorded: 'recordService',
  conclusionDrawn: 'drawConclusion',
  decisionRecorded: 'recordDecision',
  orderIssued: 'issueOrder',
  sopRecorded: 'recordSop',
  sopLifted: 'liftSop',
  bodyInformed: 'informBody',
  violationReported: 'reportViolation',
  requestRegistered: 'registerRequest',
  answerRegistered: 'registerAnswer',
  informationBankEntered: 'enterInformationBank',
  socialContractAmended: 'amendSocialContract',
  postSupportStarted: 'startPostSupport',
  supportEnded: 'endSupport',
  supportSuspended: 'suspend',
  supportResumed: 'resume',
  termExtended: 'extend',
  versionMoved: 'moveToVersion',
  documentFiled: 'fileDocument',
  requestAnswered: 'answerRequest',
  requestDelivered: 'recordDelivery',
};

const factOfCommand: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(commandOfFact).map(([fact, command]) => [command, fact])),
  annulEntry: 'entryAnnulled',
  correctEntry: 'entryCorrected',
};

/** What is on record once the command is taken: what a receipt says. */
export const factOf = (command: string): string => factOfCommand[command] ?? command;

export const findCommandOf = (entry: EventView): string | undefined => commandOfFact[entry.kind];

/** What the form of an entry's command held when the entry was made. */
export function filledFrom(log: readonly EventView[], seq: number | undefined): Record<string, unknown> {
  const entry = log.find((one) => one.seq === seq);
  if (entry === undefined) return {};
  const filled: Record<string, unknown> = { on: entry.on };
  for (const [name, value] of Object.entries(entry.data)) if (name !== 'has') filled[name] = value;
  if (Array.isArray(filled['measures'])) {
    filled['measures'] = (filled['measures'] as Record<string, unknown>[]).map(({ has: _, ...row }) => ({
      what: '',
      agency: '',
      responsible: '',
      dueOn: '',
      ...row,
    }));
  }
  for (const name of marks) if (hasOf(entry).includes(name)) filled[name] = linesOf(entry, name) || true;
  for (const [path, text] of Object.entries(entry.texts)) put(filled, path.split('.'), text);
  return filled;
}

/** What may stand in an entry as a mark alone, without its words. */
const marks = ['recommendations', 'familyOpinion'];

const hasOf = ({ data }: EventView): readonly unknown[] => (Array.isArray(data['has']) ? data['has'] : []);

/** Words that came as a list, one line each. */
const linesOf = ({ texts }: EventView, name: string): string =>
  Object.keys(texts)
    .filter((path) => path.startsWith(`${name}.`))
    .map((path) => texts[path])
    .join('\n');

function put(into: Record<string, unknown>, [first, ...rest]: string[], text: string): void {
  if (first === undefined) return;
  if (rest.length === 0) into[first] = text;
  else if (typeof into[first] === 'object' && into[first] !== null)
    put(into[first] as Record<string, unknown>, rest, text);
}
