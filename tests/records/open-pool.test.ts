import pg from 'pg';
import { expect, it } from 'vitest';
import { openPool } from '../../platform/database/open-pool.ts';
import { useTestOffice } from './support.ts';

const { records } = useTestOffice();

async function endByServer(connection: pg.PoolClient): Promise<void> {
  const { rows } = await connection.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const server = new pg.Client({ connectionString: records.database.ownerUrl });
  await server.connect();
  const ended = new Promise<void>((resolve) => connection.once('end', () => resolve()));
  await server.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await Promise.all([ended, server.end()]);
}

it('a connection that the server ends while it is held, between two statements, is a fault of the next one and not the end of the process', async () => {
  const pool = openPool({ connectionString: records.database.ownerUrl, max: 1 });
  try {
    const held = await pool.connect();
    try {
      await endByServer(held);
      await expect(held.query('SELECT 1')).rejects.toThrow(/not queryable/);
    } finally {
      held.release();
    }
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  } finally {
    await pool.end();
  }
});
