import { installEngineLog } from '../../platform/telemetry/engine-log.ts';
import { createLog } from '../../platform/telemetry/log.ts';
import type { Logger } from '../../platform/telemetry/log.ts';

let log: Logger | undefined;

/** The engine's SDK logs through ours in tests too: silent, unless `LOG_LEVEL` asks for more. Once a process. */
export function quietEngine(): Logger {
  if (!log) {
    log = createLog('test', process.env['LOG_LEVEL'] ?? 'silent');
    installEngineLog(log);
  }
  return log;
}
