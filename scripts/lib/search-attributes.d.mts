/** Registers Kurator's search attributes in a namespace, where they are missing. */
export function registerSearchAttributes(engine: { address: string; namespace: string }): Promise<void>;
