import type { Day, Instant } from '../../domain/calendar/day.ts';
import { sql } from '../database/sql.ts';
import type { CommandAnswer } from './contract.ts';

/** A command that was accepted, with its answer. */
export interface ClosedCommand {
  id: string;
  answer: CommandAnswer;
  closedAt: Date;
}

export interface EventToWrite {
  seq: number;
  kind: string;
  root: number;
  on: Day;
  recordedAt: Instant;
  recordedOn: Day;
  commandId: string;
  data: unknown;
  textHashes: Record<string, string>;
  previousHash: string;
  hash: string;
}

export interface LogPlace {
  institutionId: string;
  /** The case's id, or that of the institution whose own log it is. */
  caseId: string;
}

/** Closes the command that made the entries; without one, nothing. */
export const closing = (command: ClosedCommand | undefined) => sql`
      UPDATE commands SET state = 'applied', answer = ${JSON.stringify(command?.answer ?? null)}::jsonb, closed_at = ${command?.closedAt ?? null}
      WHERE id = ${command?.id ?? null}::uuid`;

/** New entries at a log's end. */
export const newEvents = ({ institutionId, caseId }: LogPlace, events: readonly EventToWrite[]) => sql`
      INSERT INTO events (case_id, seq, institution_id, kind, root, "on", recorded_at, recorded_on, command_id, data, text_hashes, previous_hash, hash)
      SELECT ${caseId}::uuid, e.seq, ${institutionId}::uuid, e.kind, e.root, e."on", e."recordedAt", e."recordedOn", e."commandId", e.data, e."textHashes",
        decode(e."previousHash", 'hex'), decode(e.hash, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS e (seq int, kind text, root int, "on" date, "recordedAt" timestamptz, "recordedOn" date,
        "commandId" uuid, data jsonb, "textHashes" jsonb, "previousHash" text, hash text)`;

/** What was typed with them, sealed. */
export const newTexts = ({ institutionId, caseId }: LogPlace, texts: readonly { seq: number; sealed: Buffer }[]) => sql`
      INSERT INTO event_texts (case_id, seq, institution_id, sealed)
      SELECT ${caseId}::uuid, x.seq, ${institutionId}::uuid, decode(x.sealed, 'base64')
      FROM jsonb_to_recordset(${JSON.stringify(texts.map((text) => ({ seq: text.seq, sealed: text.sealed.toString('base64') })))}::jsonb) AS x (seq int, sealed text)`;
