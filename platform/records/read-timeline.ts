import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import type { CommandActor, Page, TimelineEntry } from './contract.ts';
import { pageOf, readCursor } from './cursor.ts';
import { openTexts } from './family.ts';

interface RawEntry {
  seq: number;
  root: number;
  kind: string;
  on: string;
  recordedAt: Date;
  recordedOn: string;
  data: Record<string, unknown>;
  sealed: Uint8Array | null;
  actorKind: CommandActor['kind'];
  actorId: string;
  actorName: string | null;
}

/** The entries of a case, newest first, with what people typed; a link's holder is named by its agency. */
export async function listTimeline(
  tx: Tx,
  keyring: Keyring,
  caseId: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<TimelineEntry>> {
  const before = readCursor(page.cursor, ['number'])?.[0] ?? null;
  const rows = await tx.$queryRaw<RawEntry[]>`
    SELECT e.seq, e.root, e.kind, to_char(e."on", 'YYYY-MM-DD') AS "on", e.recorded_at AS "recordedAt", to_char(e.recorded_on, 'YYYY-MM-DD') AS "recordedOn",
      e.data, t.sealed, m.actor_kind AS "actorKind", m.actor_id AS "actorId", coalesce(s.name, a.name) AS "actorName"
    FROM events e
    JOIN commands m ON m.id = e.command_id
    LEFT JOIN event_texts t ON t.case_id = e.case_id AND t.seq = e.seq
    LEFT JOIN staff s ON m.actor_kind = 'user' AND s.id::text = m.actor_id
    LEFT JOIN request_links l ON m.actor_kind = 'link' AND l.id::text = m.actor_id
    LEFT JOIN requests r ON r.id = l.request_id
    LEFT JOIN agencies a ON a.institution_id = e.institution_id AND a.code = r.agency_code
    WHERE e.case_id = ${caseId}::uuid AND (${before === null} OR e.seq < ${Number(before ?? 0)})
    ORDER BY e.seq DESC LIMIT ${page.limit + 1}`;
  const [keys, takenOut] = await Promise.all([
    tx.caseKey.findUnique({ where: { caseId }, select: { wrapped: true } }),
    tx.$queryRaw<{ seq: number; entry: number }[]>`
      SELECT seq, (data ->> 'entry')::int AS entry FROM events
      WHERE case_id = ${caseId}::uuid AND kind IN ('entryAnnulled', 'entryCorrected') ORDER BY seq`,
  ]);
  const key = keys?.wrapped ? keyring.unwrapCaseKey(caseId, keys.wrapped) : null;
  const annulled = new Map(takenOut.map(({ entry, seq }) => [entry, seq]));
  return pageOf(
    rows,
    page.limit,
    (row) => [row.seq],
    (row) => ({
      seq: row.seq,
      root: row.root,
      kind: row.kind,
      on: row.on,
      recordedAt: row.recordedAt.toISOString(),
      recordedOn: row.recordedOn,
      by: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      data: row.data,
      texts: openTexts(key, caseId, row.seq, row.sealed),
      annulledBy: annulled.get(row.seq) ?? null,
    }),
  );
}
