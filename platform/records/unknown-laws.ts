import { regulationKey } from '../../domain/regulation/regulation.ts';
import type { Tx } from '../database/scope.ts';
import type { CaseVisibility, RecordsDeps } from './contract.ts';
import { isLive } from './live-cases.ts';
import { visibleCases } from './visibility.ts';

/** Cases that go by a version of a law of which this process has no file: what it shows of them is of their last entry. */
export interface Unreckoned {
  /** `id@version` */
  regulation: string;
  /** Their numbers, in order. */
  cases: string[];
}

/** Nothing can be reckoned of a case here: this process has no file of the law that it goes by. */
export class LawUnknown extends Error {
  override name = 'LawUnknown';
  constructor(caseId: string, law: { id: string; version: number }) {
    super(`case ${caseId}: regulation ${regulationKey(law)} is not among the files`);
  }
}

/** Of the live cases that the viewer may see. In silence their lists would look whole. */
export async function listUnreckoned(
  tx: Tx,
  { rules }: Pick<RecordsDeps, 'rules'>,
  seen: CaseVisibility,
): Promise<Unreckoned[]> {
  const laws = await tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT DISTINCT regulation_id AS id, regulation_version AS version FROM cases WHERE ${isLive}`;
  const unknown = laws.filter(({ id, version }) => rules.findRegulation(id, version) === undefined).map(regulationKey);
  if (unknown.length === 0) return [];
  return tx.$queryRaw<Unreckoned[]>`
    SELECT regulation_id || '@' || regulation_version AS regulation, array_agg(number ORDER BY number) AS cases FROM cases c
    WHERE ${isLive} AND regulation_id || '@' || regulation_version = ANY (${unknown}) AND ${visibleCases(seen)}
    GROUP BY 1 ORDER BY 1`;
}
