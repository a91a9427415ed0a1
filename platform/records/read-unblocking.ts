import { objections, unblocking, type Objection, type Unblocking } from '../../domain/case/available.ts';
import type { Refusal } from '../../domain/case/decision.ts';
import type { Fact } from '../../domain/case/fact.ts';
import { fold } from '../../domain/case/fold.ts';
import type { Tx } from '../database/scope.ts';
import { caseClock } from './case-clock.ts';
import type { DutyRow, RecordsDeps } from './contract.ts';
import { factsOfCase, toFacts } from './load-case.ts';
import { withHours } from './project.ts';
import { getInstitution } from './read-directory.ts';
import { refuse } from './refusals.ts';

interface Raw {
  caseId: string;
  regulation: string;
  version: number;
  clockOffsetMs: number;
  facts: Fact[];
}

/**
 * For each row the acts that would perform it, as the case explains itself on its own day. Nothing stands in the way of
 * the institution's own duties; in a case whose law is not known here nothing passes.
 */
export async function readUnblocking(
  tx: Tx,
  { rules, now }: Pick<RecordsDeps, 'rules' | 'now'>,
  rows: readonly Pick<DutyRow, 'case' | 'acts'>[],
): Promise<Unblocking[][]> {
  const ids = [...new Set(rows.flatMap((row) => row.case?.id ?? []))];
  const asked = new Map<string, Objection>();
  if (ids.length > 0) {
    const institution = await getInstitution(tx);
    const cases = await tx.$queryRaw<Raw[]>`
      SELECT c.id AS "caseId", c.regulation_id AS regulation, c.regulation_version AS version,
        c.clock_offset_ms::float8 AS "clockOffsetMs", ${factsOfCase} AS facts
      FROM cases c JOIN case_keys k ON k.case_id = c.id WHERE c.id = ANY (${ids}::uuid[])`;
    for (const { caseId, regulation: id, version, clockOffsetMs, facts } of cases) {
      const read = rules.findRegulation(id, version);
      const regulation = read && withHours(read, institution);
      const { today } = caseClock(now(), clockOffsetMs, institution.zone);
      asked.set(
        caseId,
        regulation === undefined
          ? () => unknownHere(`${id}@${version}`)
          : objections(fold(toFacts(facts), regulation), today, regulation, rules.calendar),
      );
    }
  }
  return rows.map(({ case: of, acts }) => unblocking(acts, (of && asked.get(of.id)) ?? (() => null)));
}

const unknownHere = (law: string): Refusal =>
  refuse('regulation.unknown', [
    { ru: `на сервере нет файла положения ${law}`, en: `the server has no file of the regulation ${law}` },
  ]);
