import type { Relation } from '../../domain/access/relation.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import { submittedTitle } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import { performInInstitution } from '../../platform/records/perform-in-institution.ts';
import { loadInstitution } from '../../platform/records/read-institution.ts';
import type { InstitutionLogRow } from '../../platform/records/read-institution.ts';
import { ApiProblem } from '../problems.ts';
import { CommandRefused } from '../refusals.ts';
import { checkFields } from './perform.ts';
import { unnamed } from './present.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

type Institutional = Pick<
  Services,
  'readInstitutionDuties' | 'readInstitutionLog' | 'performInInstitution' | 'findInstitutionRelations'
>;

/** The institution's own duties and its own log. */
export function institutionServices({ records }: Wiring): Institutional {
  const { db } = records;
  return {
    readInstitutionDuties: (actor) =>
      db.inScope(actor, async (tx) => {
        const { life, today } = await loadInstitution(tx, records);
        const duties = life === null ? [] : ownDuties(life, today);
        return { today, items: duties.map(unnamed) };
      }),

    readInstitutionLog: (actor) =>
      db.inScope(actor, async (tx) => {
        const { log, life } = await loadInstitution(tx, records);
        return { items: log.map((row) => viewOf(row, log, life?.regulation)).reverse() };
      }),

    findInstitutionRelations: (actor, { entry }) =>
      db.inScope(actor, async (tx) => {
        const held = new Set<Relation>(['institution']);
        if (actor.role === 'head') held.add('ownDepartment');
        if (typeof entry !== 'number') return held;
        const { log, today } = await loadInstitution(tx, records);
        const named = log.find(({ seq }) => seq === entry);
        if (named?.by?.id === actor.staffId && named.recordedOn === today) held.add('ownEntryToday');
        return held;
      }),

    performInInstitution: async ({ actor, idempotencyKey, body }) => {
      checkFields(body);
      const parsed = parseCommand(body);
      if (!parsed.ok) throw new Error('a command with faults was let through');
      const { institutionId, staffId } = actor;
      const done = await db.inScope(actor, (tx) =>
        performInInstitution(tx, records, {
          ...{ institutionId, idempotencyKey, command: parsed.command },
          actor: { kind: 'user', id: staffId },
        }),
      );
      if (done.outcome === 'keyReused') throw new ApiProblem('command.key-reused');
      const { commandId, answer } = done;
      if (!answer.accepted) throw new CommandRefused(answer.refusal);
      return { commandId, seq: answer.seq, meets: answer.meets };
    },
  };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function viewOf({ data, kind, ...row }: InstitutionLogRow, log: readonly InstitutionLogRow[], law?: Regulation) {
  const annulment = log.find((one) => one.kind === 'entryAnnulled' && one.data['entry'] === row.seq);
  return {
    ...row,
    kind: kind === 'entryAnnulled' ? ('entryAnnulled' as const) : ('reportSubmitted' as const),
    report: textOf(data['report']),
    period: textOf(data['period']),
    what: law && kind === 'reportSubmitted' ? submittedTitle(law, data) : null,
    annuls: typeof data['entry'] === 'number' ? data['entry'] : null,
    reason: textOf(data['reason']),
    annulledBy: annulment?.seq ?? null,
  };
}
