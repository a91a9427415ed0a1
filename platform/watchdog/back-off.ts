const longestPauseMs = 60 * 60 * 1000;

/** Who was helped in vain is helped again after pauses that double, up to an hour: help must not fill histories. */
export interface BackOff {
  /** Those of the list whose pause is over. Whoever is no longer on the list is forgotten: he begins anew. */
  choose(ids: readonly string[], now: Date): string[];
  /** Helped now: the next time not before the pause. */
  helped(ids: readonly string[], now: Date): void;
}

/** @param firstPauseMs the pause after the first help */
export function createBackOff(firstPauseMs: number): BackOff {
  const helpedBefore = new Map<string, { times: number; notBefore: number }>();
  return {
    choose(ids, now) {
      const listed = new Set(ids);
      for (const id of helpedBefore.keys()) if (!listed.has(id)) helpedBefore.delete(id);
      return ids.filter((id) => (helpedBefore.get(id)?.notBefore ?? 0) <= now.getTime());
    },
    helped(ids, now) {
      for (const id of ids) {
        const times = helpedBefore.get(id)?.times ?? 0;
        const pause = Math.min(firstPauseMs * 2 ** times, longestPauseMs);
        helpedBefore.set(id, { times: times + 1, notBefore: now.getTime() + pause });
      }
    },
  };
}
