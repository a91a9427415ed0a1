import type { Relation } from '../../domain/access/relation.ts';
import { submittedTitle } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { ReportingLaw } from '../../domain/institution/own-duties.ts';
import type { CommandAnswer, TimelineEntry } from '../../platform/records/contract.ts';
import { performInInstitution } from '../../platform/records/perform-in-institution.ts';
import { loadInstitution } from '../../platform/records/read-institution.ts';
import { listTimeline } from '../../platform/records/read-timeline.ts';
import { CommandRefused } from '../refusals.ts';
import { checkFields, problemOf } from './perform.ts';
import { unnamed } from './present.ts';
import type { Services } from './services.ts';
import { by, findEntryTies } from './who.ts';
import type { Wiring } from './wiring.ts';

type Institutional = Pick<
  Services,
  'readInstitutionDuties' | 'readInstitutionLog' | 'performInInstitution' | 'findInstitutionRelations'
>;

/** The institution's own duties and its own log. */
export function institutionServices({ records }: Wiring): Institutional {
  const { db, keyring, now } = records;
  return {
    readInstitutionDuties: (actor) =>
      db.inSnapshot(actor, async (tx) => {
        const { life, today, unknownLaws } = await loadInstitution(tx, records);
        const duties = life === null ? [] : ownDuties(life, today);
        return { today, items: duties.map(unnamed), unknownLaws };
      }),

    readInstitutionLog: (actor) =>
      db.inSnapshot(actor, async (tx) => {
        const { life } = await loadInstitution(tx, records);
        const { items } = await listTimeline(tx, keyring, actor.institutionId, { limit: longestLog });
        return { items: items.map((entry) => viewOf(entry, life?.laws ?? [])) };
      }),

    findInstitutionRelations: (actor, { entry }) =>
      db.inSnapshot(actor, async (tx) => {
        const held = new Set<Relation>(['institution']);
        if (actor.role === 'head') held.add('ownDepartment');
        const ties = typeof entry === 'number' && (await findEntryTies(tx, actor.institutionId, entry, now()));
        if (ties && ties.by === actor.staffId && ties.recordedOn === ties.today) held.add('ownEntryToday');
        return held;
      }),

    performInInstitution: async ({ actor, idempotencyKey, body }) => {
      checkFields(body);
      const { institutionId } = actor;
      const command = { institutionId, actor: by(actor), idempotencyKey, body };
      const done = await performInInstitution(records, command);
      if (done.outcome !== 'answered') throw problemOf(done);
      const { answer } = done;
      if (answer.refusal) throw new CommandRefused(answer.refusal);
      return ownAnswerOf(done, answer);
    },
  };
}

/** Some entries a year: a log longer than this has been filled by no institution. */
const longestLog = 5_000;

/** What is said of a command of the institution itself. */
export const ownAnswerOf = ({ commandId }: { commandId: string }, { seq, meets = [] }: CommandAnswer) => ({
  ...{ commandId, seq, meets },
});

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function viewOf({ data, kind, texts, by, annulledBy, ...row }: TimelineEntry, laws: readonly ReportingLaw[]) {
  const { seq, on, recordedAt, recordedOn } = row;
  return {
    ...{ seq, on, recordedAt, recordedOn, annulledBy },
    by: by.name === null ? null : { id: by.id, name: by.name },
    kind: kind === 'entryAnnulled' ? ('entryAnnulled' as const) : ('reportSubmitted' as const),
    report: textOf(data['report']),
    period: textOf(data['period']),
    what: kind === 'reportSubmitted' ? submittedTitle(laws, data) : null,
    annuls: typeof data['entry'] === 'number' ? data['entry'] : null,
    reason: textOf(texts['reason']),
  };
}
