import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

const institution = new AsyncLocalStorage<string>();

/** Runs `work` so that each transaction it begins is this institution's. */
export const inScopeOf = <T>(institutionId: string, work: () => Promise<T>): Promise<T> =>
  institution.run(institutionId, work);

/**
 * A connection of the app role. No transaction begins on it without an institution, and the institution travels with
 * the `BEGIN`: one round trip less in each transaction, and none in which row-level security could be asked too early.
 */
export class ScopedClient extends pg.Client {
  override query = ((config: unknown, ...rest: unknown[]): unknown => {
    const query = super.query.bind(this) as (...args: unknown[]) => unknown;
    if (!isBegin(config)) return query(config, ...rest);
    const institutionId = institution.getStore();
    if (institutionId === undefined) throw new Error('a transaction of the app role outside a scope');
    // Third argument true = SET LOCAL: the setting ends with the transaction and never leaks through the pool.
    const text = `BEGIN; SELECT set_config('kurator.institution_id', ${this.escapeLiteral(institutionId)}, true)`;
    return query(text, ...rest);
  }) as pg.Client['query'];
}

const isBegin = (config: unknown): boolean =>
  config === 'BEGIN' || (typeof config === 'object' && config !== null && 'text' in config && config.text === 'BEGIN');
