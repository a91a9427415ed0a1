import type { Actor } from '../../domain/access/actor.ts';
import type { Database, Tx } from '../../platform/database/scope.ts';
import { findVisible, listChanges, mostChanges, readClock } from '../../platform/records/read-changes.ts';
import { listStaff } from '../../platform/records/read-directory.ts';
import { mayReadOwn } from './own-rows.ts';
import type { Services, Watcher } from './services.ts';
import { visibilityOf } from './visibility.ts';

/** How soon a change is told; a page that is a second old misleads nobody. */
const everyMs = 1_000;
/** Whoever was away for longer reads everything anew. */
const longestAwayMs = 60 * 60 * 1000;

interface Post {
  watchers: Set<Watcher>;
  since: string;
  /** What was told, by case (`null`: the institution's own): the look back over long transactions finds it again. */
  told: Map<string | null, string>;
  timer: NodeJS.Timeout;
}

/**
 * Tells watchers that cases or the institution's own log have changed, by asking the records once a second for each institution that somebody
 * watches. Whichever process made the change, and whatever died meanwhile: the records have it, and the next look
 * finds it.
 */
export function changesService(db: Database): Pick<Services, 'watchChanges'> {
  const posts = new Map<string, Post>();

  const look = async (institutionId: string, post: Post): Promise<void> => {
    const found = await db.inSnapshot({ institutionId }, (tx) => listChanges(tx, { all: true }, post.since, true));
    const fresh = found.filter(({ caseId, at }) => post.told.get(caseId) !== at);
    const last = found.at(-1);
    if (!last || fresh.length === 0) return;
    const ids = fresh.flatMap(({ caseId }) => caseId ?? []);
    const watching = [...post.watchers];
    const toldTo = await db.inSnapshot({ institutionId }, (tx) => readSight(tx, watching, ids));
    // Only now: what could not be read to the end is found again at the next look.
    post.told = new Map(found.map(({ caseId, at }) => [caseId, at]));
    if (last.at > post.since) post.since = last.at;
    for (const watcher of watching) {
      const sight = toldTo.get(watcher.actor.staffId);
      if (sight === undefined) {
        watcher.end();
        continue;
      }
      watcher.actor = sight.actor;
      const mine = fresh.filter(({ caseId }) => (caseId === null ? mayReadOwn(sight.actor) : sight.cases.has(caseId)));
      if (mine.length > 0) watcher.tell(found.length > mostChanges ? null : mine);
    }
  };

  const keepLooking = (institutionId: string, post: Post): void => {
    post.timer = setTimeout(() => {
      void look(institutionId, post)
        // The records are away: the next look asks from the same moment on.
        .catch(() => undefined)
        .finally(() => {
          if (post.watchers.size > 0) keepLooking(institutionId, post);
          else posts.delete(institutionId);
        });
    }, everyMs);
    post.timer.unref();
  };

  const read = (actor: Actor, since: string) =>
    db.inSnapshot(actor, (tx) => listChanges(tx, visibilityOf(actor, 'readCase'), since, mayReadOwn(actor)));

  return {
    watchChanges: async (watcher, lastTold) => {
      const { institutionId } = watcher.actor;
      const now = await db.inSnapshot(watcher.actor, readClock);
      let post = posts.get(institutionId);
      if (!post) {
        post = { watchers: new Set(), since: now, told: new Map(), timer: setTimeout(() => undefined, 0) };
        posts.set(institutionId, post);
        keepLooking(institutionId, post);
      }
      post.watchers.add(watcher);
      const stop = (): void => void post.watchers.delete(watcher);
      if (lastTold === null) return { now, stop };
      try {
        const age = Date.parse(now) - Date.parse(lastTold);
        // A place that is still to come was never told by these records.
        const missed = age < 0 || age > longestAwayMs || Number.isNaN(age) ? null : await read(watcher.actor, lastTold);
        if (missed === null || missed.length > mostChanges) watcher.tell(null);
        else if (missed.length > 0) watcher.tell(missed);
      } catch (error) {
        stop();
        throw error;
      }
      return { now, stop };
    },
  };
}

interface Sight {
  actor: Actor;
  cases: ReadonlySet<string>;
}

/** What each of the watchers is at this moment, and which of the cases he may see; nothing for one who has left. */
async function readSight(
  tx: Tx,
  watchers: readonly Watcher[],
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, Sight>> {
  const wanted = new Map(watchers.map(({ actor }) => [actor.staffId, actor.institutionId]));
  const found = new Map<string, Sight>();
  for (const { id, role, body, department, agency, active } of await listStaff(tx)) {
    const institutionId = wanted.get(id);
    if (institutionId === undefined || !active) continue;
    const actor = { staffId: id, institutionId, role, body, department, agency: agency?.code ?? null };
    found.set(id, { actor, cases: await findVisible(tx, visibilityOf(actor, 'readCase'), caseIds) });
  }
  return found;
}
