import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from './scope.ts';

const folder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Names of this program's migrations that the database lacks; a process that finds any must not take work. */
export async function findPendingMigrations(db: Database): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const applied = await db.inSystemScope(
    (tx) => tx.$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  );
  const known = new Set(applied.map(({ name }) => name));
  return entries.filter((entry) => entry.isDirectory() && !known.has(entry.name)).map((entry) => entry.name);
}
