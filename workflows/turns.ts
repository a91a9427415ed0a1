/** Handlers that await an activity overtake each other; here each act begins when the one before it has ended. */
export interface Turns {
  take<T>(act: () => Promise<T>): Promise<T>;
  /** Nothing is running and nothing waits. */
  isIdle(): boolean;
}

/**
 * @param onIdle the last act of a run has ended, and nobody waits. Must not throw.
 *
 * The sandbox takes a stack trace at each promise it sees made, so an act that need not wait makes as few as it can.
 */
export function createTurns(onIdle: () => void): Turns {
  const waiting: (() => void)[] = [];
  let isTaken = false;

  function pass(): void {
    const next = waiting.shift();
    // Handed over without being free in between: whoever comes now cannot overtake whoever waits.
    if (next) return next();
    isTaken = false;
    onIdle();
  }

  return {
    async take(act) {
      if (isTaken) await new Promise<void>((resolve) => waiting.push(resolve));
      isTaken = true;
      try {
        return await act();
      } finally {
        pass();
      }
    },
    isIdle: () => !isTaken,
  };
}
