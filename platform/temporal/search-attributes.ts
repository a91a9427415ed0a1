import type { NativeConnection } from '@temporalio/worker';

/** By which cases are found in the engine, with the numbers of their types in Temporal's API (`IndexedValueType`). */
const keyword = 2;
const int = 3;
const datetime = 6;
export const searchAttributes: Readonly<Record<string, number>> = {
  KuratorStage: keyword,
  KuratorRegulation: keyword,
  KuratorInstitution: keyword,
  KuratorNextDueAt: datetime,
  KuratorSeq: int,
};

/**
 * Makes the attributes known to the engine where they are not: a case that writes an unknown one would stand still,
 * its task failing again and again.
 * @throws Error with the sentence for the operator when the engine does not let us.
 */
export async function ensureSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const known = await listKnownAttributes(connection, namespace);
  if (!known) return;
  const missing = Object.entries(searchAttributes).filter(([name]) => !known.has(name));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing) });
  } catch (error) {
    const names = missing.map(([name]) => name).join(', ');
    throw new Error(
      `The engine's namespace "${namespace}" lacks the search attributes ${names}, and they could not be added: add them with "temporal operator search-attribute create".`,
      { cause: error },
    );
  }
}

/** `undefined` where the engine does not tell, as hosted ones do not: there the operator has made them. */
export async function listKnownAttributes(
  connection: NativeConnection,
  namespace: string,
): Promise<Set<string> | undefined> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return new Set(Object.keys(customAttributes ?? {}));
  } catch {
    return undefined;
  }
}
