import pg from 'pg';

/**
 * A pool whose connections may be ended by the server at any moment. node-postgres tells of it by an `error` event,
 * and an event that nobody hears ends the process: an idle connection's is heard at the pool, but one that has just been
 * taken out, or is about to be given back, has no listener of its own. Whoever uses it learns of its end by the fault of
 * his next statement, and the pool discards it.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  return pool;
}
