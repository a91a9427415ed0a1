type Listener = () => void;

const listeners = new Set<Listener>();

/** Called when an answer says that nobody is signed in any more: during reading or amid a form. */
export function onSessionLost(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const sessionLost = (): void => listeners.forEach((listener) => listener());
