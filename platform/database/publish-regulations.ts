import pg from 'pg';
import { MigrationFault } from './migrate.ts';

/** A version of a regulation as its file holds it. */
export interface VersionFile {
  id: string;
  version: number;
  file: string;
  source: string;
  sha256: string;
}

interface StoredVersion {
  id: string;
  version: number;
  sha256: string;
}

/**
 * Keeps the text of every version beside the cases that are reckoned by it. A version is published by the first case
 * that is opened by it: until then its file may be worked on and the text kept is replaced; from then on it is as it is.
 * @returns what was kept or replaced, `id@version`
 * @throws MigrationFault when a published version was changed, or no file holds it any more
 */
export async function publishRegulations(
  urls: { ownerUrl: string; systemUrl: string },
  files: readonly VersionFile[],
): Promise<string[]> {
  const pinned = await inTransaction(urls.systemUrl, readPinned);
  return inTransaction(urls.ownerUrl, async (client) => {
    // Two set-ups at once would both find a version missing.
    await client.query('LOCK TABLE regulation_versions IN SHARE ROW EXCLUSIVE MODE');
    const { rows } = await client.query<StoredVersion>('SELECT id, version, sha256 FROM regulation_versions');
    const stored = new Map(rows.map((row) => [keyOf(row), row.sha256]));
    const held = new Set(files.map(keyOf));
    const lost = [...pinned].find((key) => !held.has(key));
    if (lost !== undefined) {
      throw new MigrationFault(
        `Cases are reckoned by ${lost}, and no file in regulations/ holds it: put the file back (its text is kept in the table regulation_versions).`,
      );
    }
    const changed = files.filter((file) => stored.get(keyOf(file)) !== file.sha256);
    const published = changed.find((file) => stored.has(keyOf(file)) && pinned.has(keyOf(file)));
    if (published) {
      throw new MigrationFault(
        `regulations/${published.file} was changed after cases had been opened by ${keyOf(published)}: restore it (its text is kept in the table regulation_versions), and put the change into a file of its own with "version: ${published.version + 1}".`,
      );
    }
    for (const { id, version, sha256, source } of changed) {
      await client.query(
        `INSERT INTO regulation_versions (id, version, sha256, source) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id, version) DO UPDATE SET sha256 = excluded.sha256, source = excluded.source, published_at = now()`,
        [id, version, sha256, source],
      );
    }
    return changed.map(keyOf);
  });
}

const keyOf = ({ id, version }: Pick<StoredVersion, 'id' | 'version'>): string => `${id}@${version}`;

/** Asked by the system role: row-level security hides the cases even from the owner. */
async function readPinned(client: pg.Client): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<Pick<StoredVersion, 'id' | 'version'>>(
    'SELECT DISTINCT regulation_id AS id, regulation_version AS version FROM cases',
  );
  return new Set(rows.map(keyOf));
}

async function inTransaction<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    // Ending the connection takes back whatever was not committed.
    await client.end();
  }
}
