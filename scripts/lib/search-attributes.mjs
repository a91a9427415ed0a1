import { Fault } from './process.mjs';
import { searchAttributes } from './temporal.mjs';

// temporal.api.enums.v1.IndexedValueType
const types = { Keyword: 2, Int: 3, Datetime: 6 };

/**
 * Registers what Kurator searches by on a server of the user's own, if it is not there yet.
 * @param {{ address: string, namespace: string }} engine
 * @throws {Fault} when the server does not answer or refuses
 */
export const registerSearchAttributes = async ({ address, namespace }) => {
  const { Connection } = await import('@temporalio/client');
  let connection;
  try {
    connection = await Connection.connect({ address, connectTimeout: '5 seconds' });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
    if (missing.length === 0) return;
    const wanted = Object.fromEntries(missing.map(([name, type]) => [name, types[type]]));
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: wanted });
  } catch (error) {
    throw new Fault(
      `The engine at ${address} cannot be used (namespace ${namespace}: ${error.details ?? error.message}): check TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE, or leave both out to use the engine that Kurator brings.`,
    );
  } finally {
    await connection?.close();
  }
};
