import { Client, Connection } from '@temporalio/client';
import { createDataConverter } from './data-converter.ts';

export interface TemporalSettings {
  address: string;
  namespace: string;
  /** Key first, then older ones that may still be read. 32 bytes each. */
  secrets: readonly [Buffer, ...Buffer[]];
}

/** A client that connects on first use, so a process may start before the engine does. */
export function createTemporalClient(settings: TemporalSettings): Client {
  // No retrying interceptor: whether a call may have reached the engine decides between "unavailable" and "outcome
  // unknown", and a retry inside the library would hide it. `performThroughWorkflow` repeats by itself.
  const connection = Connection.lazy({ address: settings.address, interceptors: [] });
  return new Client({
    connection,
    namespace: settings.namespace,
    dataConverter: createDataConverter(settings.secrets),
  });
}
