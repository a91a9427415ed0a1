import { approvedPlan, plansOf } from '../../domain/case/plans.ts';
import { fold } from '../../domain/case/fold.ts';
import type { Tx } from '../database/scope.ts';
import { findLoadedCase } from './load-case.ts';

/**
 * The agency that a command speaks of: the one asked by the request it names (`entry`, `subject`), the one that carries
 * out the measure (`measure`), or the one to which the letter went (`to`). `null` when the case has nothing of the kind.
 */
export async function findNamedAgency(tx: Tx, caseId: string, body: Record<string, unknown>): Promise<string | null> {
  const { entry, subject, measure, to } = body;
  if (typeof entry === 'number' || typeof subject === 'string') {
    const requests = await tx.request.findMany({
      where: { caseId },
      select: { entry: true, subject: true, agencyCode: true },
    });
    return requests.find((request) => request.entry === entry && request.subject === subject)?.agencyCode ?? null;
  }
  const loaded = await findLoadedCase(tx, caseId);
  if (!loaded?.head) return null;
  const { facts } = fold(loaded.facts, { id: loaded.head.regulationId, version: loaded.head.regulationVersion });
  if (typeof measure === 'string') {
    const given = facts.findLast(({ kind, data }) => kind === 'measureGiven' && data['measure'] === measure);
    const planned = approvedPlan(plansOf(facts))?.measures.find(({ id }) => id === measure);
    return codeOf(given?.data['agency']) ?? planned?.agency ?? null;
  }
  if (typeof to !== 'string' && typeof to !== 'number') return null;
  const letter = facts.findLast(({ kind, data }) => kind === 'requestRegistered' && data['number'] === String(to));
  return codeOf(letter?.data['agency']);
}

const codeOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
