import type { Database } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { Rules } from '../records/rules.ts';

/** Public like the law: of no institution. */
const noInstitution = '00000000-0000-0000-0000-000000000000';
/** Told every half minute: a process that missed four is away. */
const awayAfter = sql`interval '2 minutes'`;
const tellEveryMs = 30_000;

/** The newest that any living process counts by, an api too: where the workers' files are older, it is not followed yet. None where no process lives. */
export const wantedReckoning = sql`
  SELECT id FROM reckonings WHERE seen_at > now() - ${awayAfter} ORDER BY known_since DESC, id LIMIT 1`;

/** What the living processes count by. */
export interface Reckonings {
  /** The newest that a living worker has: what every case is brought to. `null`: no worker lives. */
  followed: string | null;
  /** How many living workers differ in: beyond one an older worker still takes some of the turns. */
  workedBy: number;
}

/** Writes down that a process lives that counts so. Of two, the one that came later is the newer. */
export async function tellReckoning(
  db: Database,
  { reckoning, calendar }: Pick<Rules, 'reckoning' | 'calendar'>,
  as: 'worker' | 'api',
): Promise<void> {
  await db.inScope(
    { institutionId: noInstitution },
    (tx) => tx.$executeRaw`
    INSERT INTO reckonings AS r (id, calendar, known_since, seen_at, worked_at)
    VALUES (${reckoning}, ${calendar.version}, now(), now(), CASE WHEN ${as === 'worker'} THEN now() END)
    ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, worked_at = coalesce(excluded.worked_at, r.worked_at)`,
  );
}

export async function readReckonings(db: Database): Promise<Reckonings> {
  const [row] = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<Reckonings[]>`
      WITH living AS (SELECT id, known_since, worked_at > now() - ${awayAfter} AS works FROM reckonings
        WHERE seen_at > now() - ${awayAfter})
      SELECT (SELECT id FROM living WHERE works ORDER BY known_since DESC, id LIMIT 1) AS followed,
        (SELECT count(*)::int FROM living WHERE works) AS "workedBy"`,
  );
  return row ?? { followed: null, workedBy: 0 };
}

/** Tells for as long as a worker lives; an api tells with each pass of its watchdog. Records that are away are told when they are back. */
export function keepTelling(db: Database, rules: Pick<Rules, 'reckoning' | 'calendar'>) {
  const tell = (): Promise<void> => tellReckoning(db, rules, 'worker').catch(() => undefined);
  const first = tell();
  let telling = first;
  const timer = setInterval(() => void (telling = tell()), tellEveryMs);
  return {
    first,
    async stop(): Promise<void> {
      clearInterval(timer);
      await telling;
    },
  };
}
