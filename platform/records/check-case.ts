import type { Instant } from '../../domain/calendar/day.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { withHouseTitle } from '../../domain/case/house-titles.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { canonicalJson } from './canonical-json.ts';
import { caseClock } from './case-clock.ts';
import type { RecordsDeps } from './contract.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';
import { nextMoment, project, type Projection } from './project.ts';
import { findUnknownLaws, unknownLawFault } from './read-institution.ts';
import { agendaRows, prepareAheadMs } from './settle.ts';
import { readSetting } from './turn.ts';
import { verifyChain } from './verify-chain.ts';

/** One difference between what the records show and what their facts say. */
export interface Difference {
  /** The case's id, or that of the institution whose own log it is. */
  caseId: string;
  /** `chain`, `head`, `duty`, `agenda`, `request`. */
  of: string;
  /** The key, column or number of the entry. */
  at: string;
  fault: string;
}

/**
 * Compares a case with its own facts: the hash chain from its start, and the projection as it must have been at the
 * moment it was written. An empty list: nothing was touched, lost or forgotten.
 */
export async function checkCase(
  tx: Tx,
  deps: Pick<RecordsDeps, 'rules' | 'keyring'>,
  caseId: string,
): Promise<Difference[]> {
  const loaded = await findLoadedCase(tx, caseId);
  const stored = await tx.case.findUnique({ where: { id: caseId }, select: { projectedAt: true } });
  if (loaded?.head == null || stored === null) return [{ caseId, of: 'head', at: 'case', fault: 'missing' }];
  const chain = await chainFaults(tx, deps.keyring, caseId);
  if (stored.projectedAt === null) return [...chain, { caseId, of: 'head', at: 'projectedAt', fault: 'missing' }];
  const setting = readSetting(deps, loaded);
  const clock = caseClock(stored.projectedAt, 0, loaded.institution.zone);
  const projection = project(loaded.facts, setting, clock);
  return [
    ...chain,
    ...headFaults(loaded, projection),
    ...wakeFaults(loaded, nextMoment(projection, setting, clock, prepareAheadMs(caseId))),
    ...(await rowFaults(tx, caseId, projection)),
  ];
}

/** A wake that is missing or too late is a duty that passes in silence; one that is too early finds nothing to do. */
function wakeFaults({ caseId, head, wrapped }: LoadedCase, wanted: Instant | null): Difference[] {
  // With its key destroyed a case is over: it never wakes again.
  if (head === null || wrapped === null || wanted === null) return [];
  const held = head.nextWakeAt === null ? null : Date.parse(head.nextWakeAt) + head.clockOffsetMs;
  if (held !== null && held <= Date.parse(wanted)) return [];
  return [{ caseId, of: 'head', at: 'nextWakeAt', fault: held === null ? 'missing' : 'later than the next moment' }];
}

/**
 * The institution's own log: nothing that follows from it is kept but its mails, which are planned anew each hour.
 * @throws Error when it reports by a law that is not known here: what is due then cannot be said, as with such a case
 */
export async function checkOwnLog(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring' | 'rules'>,
  institutionId: string,
): Promise<Difference[]> {
  const faults = await chainFaults(tx, deps.keyring, institutionId);
  const unknown = await findUnknownLaws(tx, deps);
  if (faults.length === 0 && unknown.length > 0) throw unknownLawFault(institutionId, unknown);
  return faults;
}

async function chainFaults(tx: Tx, keyring: Keyring, caseId: string): Promise<Difference[]> {
  const faults = await verifyChain(tx, keyring, caseId);
  return faults.map(({ seq, fault }) => ({ caseId, of: 'chain', at: seq === null ? 'head' : `entry ${seq}`, fault }));
}

function headFaults({ caseId, head, facts }: LoadedCase, projection: Projection): Difference[] {
  const { state } = projection;
  const wanted: Record<string, unknown> = {
    status: state.status === 'closed' ? 'closed' : 'open',
    stage: projection.stage,
    level: state.level,
    category: state.category,
    curatorId: state.curator,
    openedOn: state.openedOn,
    nextDueOn: projection.nextDueOn,
    awaited: projection.awaited,
    seq: facts.at(-1)?.seq ?? 0,
  };
  const held = head as unknown as Record<string, unknown>;
  return compare(
    caseId,
    'head',
    new Map(Object.entries(wanted)),
    new Map(Object.keys(wanted).map((column) => [column, held[column] ?? null])),
  );
}

async function rowFaults(tx: Tx, caseId: string, projection: Projection): Promise<Difference[]> {
  const duties = await tx.$queryRaw<{ key: string; state: string; dueOn: string | null; detail: Duty }[]>`
    SELECT key, state, to_char(due_on, 'YYYY-MM-DD') AS "dueOn", detail FROM duties WHERE case_id = ${caseId}::uuid`;
  const agenda = await tx.$queryRaw<
    { dutyKey: string; step: string; audience: string; at: Date; dueOn: string | null; urgency: string }[]
  >`
    SELECT duty_key AS "dutyKey", step, audience, at, to_char(due_on, 'YYYY-MM-DD') AS "dueOn", urgency FROM agenda WHERE case_id = ${caseId}::uuid`;
  const requests = await tx.request.findMany({
    where: { caseId },
    select: { id: true, state: true, agencyCode: true, subject: true },
  });
  const agendaKey = (row: { dutyKey: string; step: string; audience: string }) =>
    `${row.dutyKey}|${row.step}|${row.audience}`;
  return [
    ...compare(
      caseId,
      'duty',
      new Map(projection.duties.map((duty) => [duty.key, { state: duty.state, dueOn: duty.dueOn, detail: duty }])),
      new Map(duties.map(({ key, detail, ...row }) => [key, { ...row, detail: withHouseTitle(detail) }])),
    ),
    ...compare(
      caseId,
      'agenda',
      new Map(agendaRows(projection).map((row) => [agendaKey(row), row])),
      new Map(agenda.map((row) => [agendaKey(row), { ...row, at: row.at.toISOString() }])),
    ),
    ...compare(
      caseId,
      'request',
      new Map(
        projection.requests.map(({ id, state, asked }) => [
          id,
          { id, state, agencyCode: asked.agency, subject: asked.subject },
        ]),
      ),
      new Map(requests.map((row) => [row.id, row])),
    ),
  ];
}

function compare(caseId: string, of: string, wanted: Map<string, unknown>, held: Map<string, unknown>): Difference[] {
  const faults: Difference[] = [];
  for (const [at, value] of wanted) {
    if (!held.has(at)) faults.push({ caseId, of, at, fault: 'missing' });
    else if (canonicalJson(held.get(at)) !== canonicalJson(value))
      faults.push({ caseId, of, at, fault: 'differs from the facts' });
  }
  for (const at of held.keys()) if (!wanted.has(at)) faults.push({ caseId, of, at, fault: 'follows from no fact' });
  return faults;
}
