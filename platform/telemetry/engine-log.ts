import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from './log.ts';

/**
 * Sends the SDK's own log through ours, once a process and before its first worker. Metadata keep ids and codes; the
 * errors' messages may quote an answer of a mail server, so only their type is kept.
 */
export function installEngineLog(log: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const facts = factsOf(meta);
      if (level === 'ERROR') log.error(facts, message);
      else if (level === 'WARN') log.warn(facts, message);
      else log.debug(facts, message);
    }),
    // Without forwarding the engine's core writes to the terminal by itself; its warnings repeat with every poll of an engine that is away.
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
    },
    // The supervisor decides when to stop; the SDK's own handling of signals would race it.
    shutdownSignals: [],
  });
}

const kept = ['workflowId', 'workflowType', 'activityType', 'attempt', 'taskQueue', 'isLocal', 'durationMs', 'state'];

function factsOf(meta: Record<string, unknown> | undefined): Record<string, unknown> {
  const facts: Record<string, unknown> = {};
  for (const key of kept) if (meta?.[key] !== undefined) facts[key] = meta[key];
  const error = meta?.['error'];
  if (error instanceof Error)
    facts['error'] = 'type' in error && typeof error.type === 'string' ? error.type : error.name;
  return facts;
}
