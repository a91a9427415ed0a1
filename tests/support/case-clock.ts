import pg from 'pg';

/**
 * Sets a training case's clock so that it will show `moment` in `ms` milliseconds of real time, behind the back of the
 * case: for tests of the real timer and of what happens when nobody is there to wake.
 */
export async function setCaseClock(ownerUrl: string, caseId: string, moment: string, ms: number): Promise<void> {
  const offset = Date.parse(moment) - (Date.now() + ms);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // The wake is brought forward with the clock: by then the case has its reminder's moment before it.
    const { rowCount } = await client.query(
      'UPDATE cases SET clock_offset_ms = $2, next_wake_at = $3 WHERE id = $1 AND training',
      [caseId, offset, new Date(Date.now() + ms)],
    );
    if (rowCount !== 1) throw new Error(`There is no training case ${caseId}.`);
  } finally {
    await client.end();
  }
}
