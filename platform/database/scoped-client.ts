import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

const current = new AsyncLocalStorage<Scope>();

/** The institution in whose name everything inside the scope is read and written. */
export interface Scope {
  institutionId: string;
  /**
   * The case whose turn the transaction takes as it begins, held to its end: what it reads afterwards is what the turn
   * before it has left. A case that the institution has not got locks nothing.
   */
  turnOf?: string;
}

/** Runs `work` so that each transaction it begins is this institution's. */
export const inScopeOf = <T>(scope: Scope, work: () => Promise<T>): Promise<T> => current.run(scope, work);

/**
 * A connection of the app role. No transaction begins on it without an institution, and the institution travels with
 * the `BEGIN`, as does a case's turn: round trips less in each transaction, and no moment without row-level security.
 */
export class ScopedClient extends pg.Client {
  override query = ((config: unknown, ...rest: unknown[]): unknown => {
    const query = super.query.bind(this) as (...args: unknown[]) => unknown;
    if (!isBegin(config)) return query(config, ...rest);
    const scope = current.getStore();
    if (scope === undefined) throw new Error('a transaction of the app role outside a scope');
    return query(this.beginning(scope), ...rest);
  }) as pg.Client['query'];

  /** One message of several statements takes no parameters, so ids are quoted by the driver. */
  private beginning({ institutionId, turnOf }: Scope): string {
    // Third argument true = SET LOCAL: the setting ends with the transaction and never leaks through the pool.
    const begin = `BEGIN; SELECT set_config('kurator.institution_id', ${this.escapeLiteral(institutionId)}, true)`;
    if (turnOf === undefined) return begin;
    // A case's key exists before the case does, so that it locks an opening as well. `NO KEY` leaves other commands of
    // the case free to be accepted meanwhile.
    return `${begin}; SELECT 1 FROM case_keys WHERE case_id = ${this.escapeLiteral(turnOf)}::uuid FOR NO KEY UPDATE`;
  }
}

const isBegin = (config: unknown): boolean =>
  config === 'BEGIN' || (typeof config === 'object' && config !== null && 'text' in config && config.text === 'BEGIN');
