import type { RecordsDeps } from '../platform/records/contract.ts';
import { UnknownRow } from '../platform/records/system-lookup.ts';
import { wakeCase } from '../platform/records/wake-case.ts';
import type { Activities } from './contract.ts';

/** The timer's wake: the case looks at its records. `null` before the command that opens it. */
export const createWakeCase =
  (deps: RecordsDeps): Activities['wakeCase'] =>
  ({ caseId }) =>
    wakeCase(deps, caseId).catch((error: unknown) => {
      if (error instanceof UnknownRow) return null;
      throw error;
    });
