import type { Client } from '@temporalio/client';
import type { Database } from '../database/scope.ts';
import { isLive } from '../records/live-cases.ts';
import { askStanding } from '../temporal/ask-standing.ts';
import { eachOf } from '../temporal/each-of.ts';
import { refreshCase } from '../temporal/nudge.ts';
import { createBackOff } from './back-off.ts';

/** Makes workflows learn what the records have and their own history lost. */
export interface CatchUp {
  /** Asked about at the next pass, whatever its commands. */
  suspect(caseId: string): void;
  /** @returns the cases whose workflow had not heard of their last entry, and was told now */
  pass(now: Date): Promise<number>;
}

export interface CatchUpDeps {
  db: Database;
  client: Client;
  /** A command this old is settled: its workflow knows of it, or never will by itself. */
  settledAfterMs: number;
  /** Before a workflow that was told in vain, or did not answer, is asked again; doubled each time. */
  firstPauseMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;
/** A question costs the worker a few milliseconds: a pass asks this many at most, the rest the next one. */
const mostAsked = 200;
const sideBySide = 8;

/**
 * A transaction can be committed while the engine dies before it has written that its workflow heard of it. Where the
 * sender is gone too, nobody says it again: the command is done, so it is not pending, and the next wake may be weeks
 * away. Until then a request to an agency would lie unsent. So each case with a settled command is asked once.
 */
export function createCatchUp({ db, client, settledAfterMs, firstPauseMs }: CatchUpDeps): CatchUp {
  const toAsk = new Set<string>();
  const pauses = createBackOff(firstPauseMs);
  let lookedUntil: Date | null = null;

  async function look(now: Date): Promise<void> {
    const until = new Date(now.getTime() - settledAfterMs);
    // What happened while no process watched is looked at by the first pass.
    const from = lookedUntil ?? new Date(until.getTime() - dayMs);
    for (const id of await listTouched(db, from, until)) toAsk.add(id);
    lookedUntil = until;
  }

  return {
    suspect: (caseId) => void toAsk.add(caseId),
    async pass(now) {
      await look(now);
      const chosen = pauses.choose([...toAsk], now).slice(0, mostAsked);
      const heads = await readHeads(db, chosen);
      const asked: string[] = [];
      let told = 0;
      // Where no worker answers one question, waiting for all the others would hold up the whole watchdog.
      let isAnswering = true;
      await eachOf(chosen, sideBySide, async (id) => {
        if (!isAnswering) return;
        const head = heads.get(id);
        const known = await askStanding(client, id);
        asked.push(id);
        if (known === 'silent') return void (isAnswering = false);
        const hasHeard = known === 'notRunning' ? head?.live !== true : known !== null && known.seq >= (head?.seq ?? 0);
        if (hasHeard) return void toAsk.delete(id);
        await refreshCase(client, id);
        told += 1;
      });
      pauses.helped(asked, now);
      return told;
    },
  };
}

async function listTouched(db: Database, from: Date, until: Date): Promise<string[]> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT m.case_id AS id FROM commands m JOIN cases c ON c.id = m.case_id
      WHERE m.state = 'applied' AND m.created_at > ${from} AND m.created_at <= ${until}`,
  );
  return rows.map(({ id }) => id);
}

async function readHeads(db: Database, ids: readonly string[]): Promise<Map<string, { live: boolean; seq: number }>> {
  if (ids.length === 0) return new Map();
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string; live: boolean; seq: number }[]>`
      SELECT id, ${isLive} AS live, seq FROM cases WHERE id = ANY (${ids}::uuid[])`,
  );
  return new Map(rows.map(({ id, live, seq }) => [id, { live, seq }]));
}
