import type { RecordsDeps } from '../platform/records/contract.ts';
import { wakeCase } from '../platform/records/wake-case.ts';
import type { Activities } from './contract.ts';
import { asFailure } from './perform-command.ts';

/** The timer's wake: the case looks at its records. */
export function createWakeCase(deps: RecordsDeps): Activities['wakeCase'] {
  return ({ caseId }) => wakeCase(deps, caseId).catch(asFailure);
}
