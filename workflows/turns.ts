/** Handlers that await an activity overtake each other; here each act begins when the one before it has ended. */
export interface Turns {
  take<T>(act: () => Promise<T>): Promise<T>;
  /** Nothing is running and nothing waits. */
  isIdle(): boolean;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    take(act) {
      waiting += 1;
      const mine = last.then(act).finally(() => {
        waiting -= 1;
      });
      last = mine.catch(() => undefined);
      return mine;
    },
    isIdle: () => waiting === 0,
  };
}
