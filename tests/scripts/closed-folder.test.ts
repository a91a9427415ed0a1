import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startPostgres } from '../../scripts/lib/postgres.mjs';

test('the records start in a folder that is closed to everybody but its owner, root too', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kurator-closed-'));
  try {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const postgres = await startPostgres({ dataDir: path.join(folder, 'postgres'), fast: true });
    await postgres.stop();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
