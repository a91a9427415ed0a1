import { openPool } from '../database/open-pool.ts';

/**
 * After the records were set back: a session or a link that was ended since then would live again, also that of
 * somebody who has left. Everybody signs in anew, and a link that nobody has used is made anew. Passwords stay.
 */
export async function endEveryAccess(authUrl: string): Promise<{ sessions: number; links: number }> {
  const pool = openPool({ connectionString: authUrl, max: 1, connectionTimeoutMillis: 5_000 });
  try {
    const links = await pool.query('DELETE FROM "verification"');
    const sessions = await pool.query('DELETE FROM "session"');
    return { sessions: sessions.rowCount ?? 0, links: links.rowCount ?? 0 };
  } finally {
    await pool.end();
  }
}
