import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MigrationFault } from '../../platform/database/migrate.ts';
import { publishRegulations, type VersionFile } from '../../platform/database/publish-regulations.ts';
import { createTestOffice, createTestRecords, openTestCase, type TestRecords } from './support.ts';

let records: TestRecords;
beforeAll(async () => {
  records = await createTestRecords();
});
afterAll(() => records.close());

const file = (source: string, version = 1): VersionFile => ({
  id: 'small',
  version,
  file: 'small.yaml',
  source,
  sha256: createHash('sha256').update(source).digest('hex'),
});
const publish = (...files: VersionFile[]): Promise<string[]> => publishRegulations(records.database, files);
const kept = async (): Promise<string[]> => {
  const { rows } = await records.owner.query<{ source: string }>(
    'SELECT source FROM regulation_versions ORDER BY version',
  );
  return rows.map(({ source }) => source);
};

describe('the text of a regulation', () => {
  it('is kept, once, and replaced as long as no case is reckoned by it', async () => {
    expect(await publish(file('draft'))).toEqual(['small@1']);
    expect(await publish(file('draft'))).toEqual([]);
    expect(await publish(file('better draft'))).toEqual(['small@1']);
    expect(await kept()).toEqual(['better draft']);
  });

  it('stays as it is from the first case on, and the set-up says what to do', async () => {
    await publish(file('published'));
    await openTestCase(records.deps, await createTestOffice(records.db));
    const refused = publish(file('rewritten'), file('second', 2));
    await expect(refused).rejects.toThrow(MigrationFault);
    await expect(refused).rejects.toThrow(/small\.yaml was changed .* small@1.* "version: 2"/);
    // Nothing half done: the second version has not been kept either.
    expect(await kept()).toEqual(['published']);
    expect(await publish(file('published'), file('second', 2))).toEqual(['small@2']);
  });

  it('must stand in a file while cases are reckoned by it', async () => {
    await expect(publish(file('second', 2))).rejects.toThrow(/reckoned by small@1, and no file/);
  });
});
