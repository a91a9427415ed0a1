import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { ask, send, type Database, type Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import { canonicalJson } from './canonical-json.ts';
import { caseAccess } from './case-access.ts';
import type { CaseAccess, CommandAnswer, CommandRow, NewCommand, RecordsDeps } from './contract.ts';
import { places } from './family.ts';
import { loadedCase, toLoadedCase, type LoadedCase, type RawCase } from './load-case.ts';

// A name space of our own for UUIDv5 (RFC 9562, 5.5). It never changes: the ids of all cases hang on it.
const caseNamespace = '6b0f7a52-8d0c-4b8e-9f53-0c6b1f6a2f4e';

/** More waiting than this on one case, and the sender is asked to come back (429). */
const mostWaiting = 5;

/** What is sealed in a command's row. */
export interface StoredBody {
  body: NewCommand['body'];
  expectedSeq: number | null;
  opening?: NewCommand['opening'];
}

/** The id that a case gets when this actor opens it with this key; the same attempt gives the same case. */
export function caseIdOf(command: Pick<NewCommand, 'institutionId' | 'actor' | 'idempotencyKey'>): string {
  const { institutionId, actor, idempotencyKey } = command;
  return uuidv5(canonicalJson([institutionId, actor.kind, actor.id, idempotencyKey]), caseNamespace);
}

export type Accepted =
  | {
      outcome: 'accepted';
      commandId: string;
      caseId: string;
      repeated: boolean;
      stored: CommandRow | null;
      /** The case as its acceptance found it; `null` for a repeat and for an opening. */
      loaded: LoadedCase | null;
    }
  /** The same actor used the key for something else: 422 `command.key-reused`. */
  | { outcome: 'keyReused' }
  /** Too many commands wait on this case: 429. */
  | { outcome: 'tooManyWaiting' }
  | { outcome: 'unknownCase' };

/**
 * Whether the sender may, by what the access rules ask of the case (`undefined`: no such case): asked before anything is
 * told or written. Throws where he may not.
 */
export type Admit = (tx: Tx, access: CaseAccess | undefined) => void | Promise<void>;

type AcceptDeps = Pick<RecordsDeps, 'db' | 'keyring' | 'now'>;

/**
 * Writes the command's row, once per actor and key; the answer tells a repeat from a key used for something else.
 * Without `admit`, access has been checked.
 */
export const acceptCommand = (deps: AcceptDeps, command: NewCommand, admit?: Admit): Promise<Accepted> =>
  withAccepted(deps, command, admit, (_tx, accepted) => Promise.resolve(accepted));

/** The same with what follows from the acceptance in its transaction: `then` runs while the row is being written. */
export const withAccepted = <T>(
  deps: AcceptDeps,
  command: NewCommand,
  admit: Admit | undefined,
  then: (tx: Tx, accepted: Accepted) => Promise<T>,
): Promise<T> => inAccepting(deps.db, command, async (tx) => then(tx, await acceptWithin(tx, deps, command, admit)));

/**
 * One transaction in which a command is accepted. Where another attempt with the same key is first, it comes to nothing,
 * and run anew it finds that row.
 */
export async function inAccepting<T>(
  db: Database,
  { institutionId }: Pick<NewCommand, 'institutionId'>,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  try {
    return await db.inScope({ institutionId }, work);
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return db.inScope({ institutionId }, work);
  }
}

/** PostgreSQL's `unique_violation`: by its key alone, an id made here is nobody else's. */
const isOvertaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505' && 'table' in error && error.table === 'commands';

/** The same inside a transaction that goes on (`inAccepting`). The row is sent and not waited for. */
export async function acceptWithin(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring' | 'now'>,
  command: NewCommand,
  admit?: Admit,
): Promise<Accepted> {
  const caseId = command.caseId ?? caseIdOf(command);
  // Keyed: a plain hash of a body outlives the body, and a name could be guessed from it.
  const bodyHash = deps.keyring.mac('command body', canonicalJson([caseId, command.body, command.opening ?? null]));
  const known = await find(tx, command, caseId);
  await admit?.(tx, known.access ?? undefined);
  if (known.command !== null) return answerKnown(known.command, bodyHash);
  // What the process reports has happened already; it never waits behind people.
  if (known.waiting >= mostWaiting && command.actor.kind !== 'system') return { outcome: 'tooManyWaiting' };
  if (command.caseId !== null && !known.caseExists && !isOwn(command)) return { outcome: 'unknownCase' };
  const loaded = known.caseExists ? toLoadedCase(caseId, known) : null;
  let wrapped = known.wrapped;
  if (wrapped === null) {
    if (command.caseId !== null || known.keyExists) return { outcome: 'unknownCase' };
    wrapped = await createKey(tx, deps, command.institutionId, caseId);
  }
  const commandId = uuidv7({ msecs: deps.now().getTime() });
  const stored: StoredBody = {
    body: command.body,
    expectedSeq: command.expectedSeq,
    ...(command.opening ? { opening: command.opening } : {}),
  };
  const sealed = deps.keyring.unwrapCaseKey(caseId, wrapped).seal(places.command(commandId), stored);
  const { actor } = command;
  send(
    tx,
    sql`
    INSERT INTO commands (id, institution_id, case_id, actor_kind, actor_id, idempotency_key, word, body_hash, body, state)
    VALUES (${commandId}::uuid, ${command.institutionId}::uuid, ${caseId}::uuid, ${actor.kind}, ${actor.id}, ${command.idempotencyKey}, ${command.body.command},
      ${bodyHash}, ${sealed}, 'pending')`,
  );
  return { outcome: 'accepted', commandId, caseId, repeated: false, stored: null, loaded };
}

interface KnownCommand extends RawCommand {
  bodyHash: Uint8Array;
}

interface RawCommand {
  id: string;
  caseId: string;
  word: string;
  state: CommandRow['state'];
  answer: CommandAnswer | null;
  createdAt: string;
  closedAt: string | null;
}

interface Known extends RawCase {
  access: CaseAccess | null;
  command: KnownCommand | null;
  keyExists: boolean;
  caseExists: boolean;
  waiting: number;
}

/** What is known of the attempt and, in the same round trip, all by which a new one will be judged. */
async function find(tx: Tx, command: NewCommand, caseId: string): Promise<Known> {
  const rows = await ask<RawCommand & Omit<Known, 'command'> & { bodyHash: Uint8Array | null }>(
    tx,
    sql`
    SELECT m.id, m.case_id AS "caseId", m.word, m.body_hash AS "bodyHash", m.state, m.answer, m.created_at::text AS "createdAt", m.closed_at::text AS "closedAt",
      k.case_id IS NOT NULL AS "keyExists", c.id IS NOT NULL AS "caseExists", ${caseAccess(caseId)} AS access, ${loadedCase},
      (SELECT count(*)::int FROM commands w WHERE w.case_id = ${caseId}::uuid AND w.state = 'pending' AND w.created_at > now() - interval '1 minute') AS waiting
    FROM (SELECT 1) one
    LEFT JOIN case_keys k ON k.case_id = ${caseId}::uuid
    LEFT JOIN cases c ON c.id = k.case_id
    LEFT JOIN commands m ON m.institution_id = ${command.institutionId}::uuid AND m.actor_kind = ${command.actor.kind} AND m.actor_id = ${command.actor.id}
      AND m.idempotency_key = ${command.idempotencyKey}`,
  );
  const row = rows[0];
  if (row === undefined) throw new Error('a query that always answers did not');
  const { id, caseId: placedIn, word, state, answer, createdAt, closedAt, bodyHash, ...found } = row;
  const written = bodyHash && { id, caseId: placedIn, word, state, answer, createdAt, closedAt, bodyHash };
  return { ...found, command: written };
}

function answerKnown(known: KnownCommand, bodyHash: Buffer): Accepted {
  if (!bodyHash.equals(known.bodyHash)) return { outcome: 'keyReused' };
  return {
    outcome: 'accepted',
    commandId: known.id,
    caseId: known.caseId,
    repeated: true,
    stored: toCommandRow(known),
    loaded: null,
  };
}

/** Whether it is a command of the institution itself: its id stands in the case's place. */
export const isOwn = ({
  caseId,
  institutionId,
}: Pick<NewCommand, 'institutionId'> & { caseId: string | null }): boolean => caseId === institutionId;

/** The key of a log that has none yet; of two at once, the one that came first. */
export async function createKey(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring'>,
  institutionId: string,
  caseId: string,
): Promise<Uint8Array> {
  const { wrapped } = deps.keyring.createCaseKey(caseId);
  await tx.$executeRaw`
    INSERT INTO case_keys (case_id, institution_id, wrapped) VALUES (${caseId}::uuid, ${institutionId}::uuid, ${wrapped}) ON CONFLICT (case_id) DO NOTHING`;
  const stored = await tx.caseKey.findUniqueOrThrow({ where: { caseId }, select: { wrapped: true } });
  if (stored.wrapped === null) throw new Error('the key of a case that was never opened is destroyed');
  return stored.wrapped;
}

/** A command's row; `undefined` when the institution has none of this id. */
export async function findCommand(
  tx: Tx,
  commandId: string,
): Promise<(CommandRow & { actor: NewCommand['actor'] }) | undefined> {
  const rows = await tx.$queryRaw<(RawCommand & { actorKind: NewCommand['actor']['kind']; actorId: string })[]>`
    SELECT id, case_id AS "caseId", word, state, answer, created_at::text AS "createdAt", closed_at::text AS "closedAt", actor_kind AS "actorKind", actor_id AS "actorId"
    FROM commands WHERE id = ${commandId}::uuid`;
  const row = rows[0];
  return row === undefined ? undefined : { ...toCommandRow(row), actor: { kind: row.actorKind, id: row.actorId } };
}

function toCommandRow(row: RawCommand): CommandRow {
  return {
    commandId: row.id,
    caseId: row.caseId,
    command: row.word,
    state: row.state,
    answer: row.answer,
    createdAt: new Date(row.createdAt).toISOString(),
    closedAt: row.closedAt === null ? null : new Date(row.closedAt).toISOString(),
  };
}
