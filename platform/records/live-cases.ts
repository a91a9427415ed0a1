import { sql } from '../database/sql.ts';

/**
 * Of `cases`: what the engine must keep running. Support that has ended may have left a duty to a child or a body
 * (`outlivesSupport`); its case still wakes, and is lost in silence wherever only open ones are looked after.
 */
export const isLive = sql`(status = 'open' OR next_wake_at IS NOT NULL)`;
