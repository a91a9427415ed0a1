import type { Duty, EventView } from '../../lib/shapes.ts';
import { commandForms } from './forms.ts';

/** Which command makes which fact: for correcting an entry by the form that made it. */
const commandOfFact: Readonly<Record<string, string>> = {
  curatorAssigned: 'assignCurator',
  consentGiven: 'giveConsent',
  consentWithdrawn: 'withdrawConsent',
  agreementSigned: 'signAgreement',
  diagnosticsRecorded: 'recordDiagnostics',
  monitoringRecorded: 'recordMonitoring',
  planDrafted: 'draftPlan',
  planSubmitted: 'submitPlan',
  planDecided: 'decidePlan',
  planSent: 'sendPlan',
  measureGiven: 'giveMeasure',
  resultRecorded: 'recordResult',
  visitRecorded: 'recordVisit',
  serviceRecorded: 'recordService',
  conclusionDrawn: 'drawConclusion',
  sopRecorded: 'recordSop',
  sopLifted: 'liftSop',
  bodyInformed: 'informBody',
  postSupportStarted: 'startPostSupport',
  supportEnded: 'endSupport',
  supportSuspended: 'suspend',
  supportResumed: 'resume',
  documentFiled: 'fileDocument',
};

export const findCommandOf = (entry: EventView): string | undefined => commandOfFact[entry.kind];

/** What the form of an entry's command held when the entry was made. */
export function filledFrom(entry: EventView): Record<string, unknown> {
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
  for (const [path, text] of Object.entries(entry.texts)) put(filled, path.split('.'), text);
  return filled;
}

function put(into: Record<string, unknown>, [first, ...rest]: string[], text: string): void {
  if (first === undefined) return;
  if (rest.length === 0) into[first] = text;
  else if (typeof into[first] === 'object' && into[first] !== null)
    put(into[first] as Record<string, unknown>, rest, text);
}

interface Deed {
  command: string;
  preset: Readonly<Record<string, unknown>>;
}

/** The form that performs a duty of a rule: `rule` is a promise that survives versions of a regulation. */
const deedOfRule: Readonly<Record<string, Deed>> = {
  curatorship: { command: 'assignCurator', preset: {} },
  diagnosis: { command: 'recordDiagnostics', preset: { kind: 'initial' } },
  planApproval: { command: 'decidePlan', preset: { decision: 'approve' } },
  planDispatch: { command: 'sendPlan', preset: {} },
  measure: { command: 'recordResult', preset: {} },
  monitoring: { command: 'recordDiagnostics', preset: { kind: 'interim' } },
  interimConclusion: { command: 'drawConclusion', preset: { kind: 'interim', decision: 'continue' } },
  planRenewal: { command: 'decidePlan', preset: { decision: 'approve' } },
  planRenewalDispatch: { command: 'sendPlan', preset: {} },
  finalDiagnosis: { command: 'recordDiagnostics', preset: { kind: 'final' } },
  finalConclusion: { command: 'drawConclusion', preset: { kind: 'final', decision: 'stop' } },
  commissionInformed: { command: 'informBody', preset: { body: 'commission', about: 'sop' } },
  guardianshipInformed: { command: 'informBody', preset: { body: 'guardianship', about: 'sop' } },
  commissionInformedOfMonitoring: { command: 'informBody', preset: { body: 'commission', about: 'sop' } },
  guardianshipInformedOfMonitoring: { command: 'informBody', preset: { body: 'guardianship', about: 'sop' } },
  patronageVisits: { command: 'recordVisit', preset: {} },
  patronage: { command: 'endSupport', preset: { ground: 'goalsReached' } },
};

/** Duties that ask for two acts: diagnostics first, monitoring after it. */
const bothActs = new Set(['monitoring', 'finalDiagnosis']);

/** How to perform a duty, or `undefined` where no single form does: then the case's page leads on. */
export function findDeed(duty: Pick<Duty, 'rule' | 'subject' | 'awaited' | 'window'>): Deed | undefined {
  const named = deedOfRule[duty.rule];
  if (named === undefined || !(named.command in commandForms)) return undefined;
  const second = bothActs.has(duty.rule) && duty.window !== null && duty.window.served > 0;
  const deed = second ? { ...named, command: 'recordMonitoring' } : named;
  const preset: Record<string, unknown> = { ...deed.preset };
  if (deed.command === 'recordResult' && duty.subject !== null) preset['measure'] = duty.subject;
  if (duty.awaited.kind === 'body') preset['by'] = duty.awaited.code;
  return { command: deed.command, preset };
}

/** All acts a duty asks for, in order. */
export function deedsOf(duty: Pick<Duty, 'rule' | 'subject' | 'awaited' | 'window'>): Deed[] {
  const first = findDeed(duty);
  if (first === undefined) return [];
  return bothActs.has(duty.rule) ? [first, { command: 'recordMonitoring', preset: first.preset }] : [first];
}
