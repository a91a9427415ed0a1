import type { Client } from '@temporalio/client';
import type { Database } from '../database/scope.ts';
import { eachOf } from '../temporal/each-of.ts';
import { pokeDispatcher, refreshCase } from '../temporal/nudge.ts';
import { countStillOutdated, listOutdatedCases, listOutdatedInstitutions } from './outdated.ts';
import { readReckonings } from './reckonings.ts';

/** How many a round has asked. */
export interface Asked {
  cases: number;
  institutions: number;
}

/** Brings every open case under a calendar, or a rule of counting, that came later. */
export interface Following {
  /** Begins a round unless one is under way, and does not wait for it. */
  begin(): void;
  /** A whole round: until nothing is left but what was asked and waits out its pause. */
  round(): Promise<Asked>;
  stop(): Promise<void>;
}

export interface FollowingDeps {
  db: Database;
  client: Client;
  now: () => Date;
  log: { info(facts: object, text: string): void; error(facts: object, text: string): void };
}

/** People's commands share the two cores: a thousand cases in 50 s, and each costs what one command does. */
const aSecond = 20;
const sideBySide = 4;
/** Asked and not yet done: with a worker that falls behind, its backlog must not grow. */
const mostUnderWay = 100;
const underWayMs = 10_000;
/** Asked in vain, as by an older worker that still takes turns: again after pauses that double up to the longest. */
const firstPauseMs = 15_000;
const longestPauseMs = 5 * 60_000;

/**
 * The case looks at itself by the newest calendar that a living worker has: a signal, its wake, its transaction, as at
 * any other hour. Always towards the one that came later, whichever process this is and whatever it counts by itself, so
 * that processes of two ages do not undo each other's work. Gone for two minutes with all its workers (taken back, that
 * is), the newer one is forgotten and the cases follow the older.
 */
export function createFollowing({ db, client, now, log }: FollowingDeps): Following {
  const asked = new Map<string, { times: number; at: number; notBefore: number }>();
  /** What they were asked to follow, and how many the workers differed in: where either changes, nothing was in vain. */
  let towards = '';
  let running: Promise<Asked> | undefined;
  let stopping = false;

  async function round(): Promise<Asked> {
    const count: Asked = { cases: 0, institutions: 0 };
    for (;;) {
      const { followed, workedBy } = await readReckonings(db);
      if (followed === null || stopping) break;
      // With the last older worker gone, what it had taken is not left to its pause.
      if (towards !== `${followed} ${workedBy}`) asked.clear();
      towards = `${followed} ${workedBy}`;
      const wanted = { reckoning: followed, except: pausing(), limit: aSecond };
      const institutions = await listOutdatedInstitutions(db, wanted);
      const cases = await listOutdatedCases(db, wanted);
      if (institutions.length + cases.length === 0) break;
      const room = mostUnderWay - (await countStillOutdated(db, followed, askedSince(now().getTime() - underWayMs)));
      const next = cases.slice(0, Math.max(0, room));
      await ask(institutions, pokeDispatcher);
      await ask(next, refreshCase);
      count.cases += next.length;
      count.institutions += institutions.length;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    if (count.cases + count.institutions > 0)
      log.info({ ...count, reckoning: towards }, 'another calendar, or another rule of counting: asked to follow');
    return count;
  }

  async function ask(ids: readonly string[], nudge: (client: Client, id: string) => Promise<void>): Promise<void> {
    await eachOf(ids, sideBySide, async (id) => {
      const times = asked.get(id)?.times ?? 0;
      const at = now().getTime();
      asked.set(id, { times: times + 1, at, notBefore: at + Math.min(firstPauseMs * 2 ** times, longestPauseMs) });
      await nudge(client, id);
    });
  }

  const askedSince = (time: number): string[] => [...asked].filter(([, { at }]) => at >= time).map(([id]) => id);

  const pausing = (): string[] =>
    [...asked].filter(([, { notBefore }]) => notBefore > now().getTime()).map(([id]) => id);

  const roundOnce = (): Promise<Asked> => (running ??= round().finally(() => (running = undefined)));

  return {
    round: roundOnce,
    begin() {
      stopping = false;
      roundOnce().catch((error: unknown) =>
        log.error(
          { error: error instanceof Error ? error.message : String(error) },
          'not all cases could be asked to follow',
        ),
      );
    },
    async stop() {
      stopping = true;
      await running?.catch(() => undefined);
    },
  };
}
