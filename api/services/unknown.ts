import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import type { Tx } from '../../platform/database/scope.ts';
import type { CaseVisibility, RecordsDeps } from '../../platform/records/contract.ts';
import { findUnknownLaws } from '../../platform/records/read-institution.ts';
import { listUnreckoned } from '../../platform/records/unknown-laws.ts';
import type { Unknown } from '../schemas/unknown.ts';
import { mayReadOwn } from './own-rows.ts';

/** What of the actor's duties cannot be said here, because this process has no file of the law that they follow from. */
export const readUnknown = async (
  tx: Tx,
  records: RecordsDeps,
  actor: Actor,
  seen: CaseVisibility,
): Promise<z.output<typeof Unknown>> => ({
  unknownLaws: mayReadOwn(actor) ? await findUnknownLaws(tx, records) : [],
  unreckoned: await listUnreckoned(tx, records, seen),
});
