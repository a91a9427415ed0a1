import type { RecordsDeps } from '../platform/records/contract.ts';
import { runCommand } from '../platform/records/run-command.ts';
import type { Activities } from './contract.ts';

/** The transaction of a command. A refusal is an answer. @throws UnknownRow */
export const createPerformCommand =
  (deps: RecordsDeps): Activities['performCommand'] =>
  (input) =>
    runCommand(deps, input);
