import { ApplicationFailure } from '@temporalio/common';
import type { RecordsDeps } from '../platform/records/contract.ts';
import { runCommand } from '../platform/records/run-command.ts';
import { UnknownRow } from '../platform/records/system-lookup.ts';
import type { Activities } from './contract.ts';

/** The transaction of a command. A refusal is an answer; an id that the records do not know fails for good. */
export function createPerformCommand(deps: RecordsDeps): Activities['performCommand'] {
  return ({ commandId }) => runCommand(deps, commandId).catch(asFailure);
}

/** A row that is not there will not come by trying again; everything else may be the records being away for a moment. */
export function asFailure(error: unknown): never {
  if (error instanceof UnknownRow) throw ApplicationFailure.nonRetryable(error.message, 'rowUnknown');
  throw error;
}
