type Listener = () => void;

const listeners = new Set<Listener>();
let lost = false;

/** No answer, or a proxy's word that nobody answers behind it. */
const isLost = (status: number): boolean => status === 0 || status === 502 || status === 504;

/** Told of every answer and of every lack of one; those who watch hear only of a change. */
export function noteAnswer(status: number): void {
  if (isLost(status) === lost) return;
  lost = !lost;
  listeners.forEach((listener) => listener());
}

export const connectionIsLost = (): boolean => lost;

export function watchConnection(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks whether the server answers again. Not by `api`, which itself tells this file of every answer. */
export async function tryConnection(): Promise<void> {
  noteAnswer(
    await globalThis.fetch('/health', { cache: 'no-store' }).then(
      ({ status }) => status,
      () => 0,
    ),
  );
}
