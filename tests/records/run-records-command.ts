import { vi } from 'vitest';
import { recordsCommand } from '../../cli/records.ts';
import type { TestRecords } from './support.ts';

/** `kurator records …` over the test's records: its exit code and everything it prints. */
export async function runRecordsCommand(
  records: TestRecords,
  ...args: string[]
): Promise<{ code: number; out: string }> {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  const env = {
    DATABASE_APP_URL: records.database.appUrl,
    DATABASE_SYSTEM_URL: records.database.systemUrl,
    KURATOR_KEY: records.secret.toString('base64'),
  };
  try {
    return { code: await recordsCommand(args, env), out: out.join('') };
  } finally {
    write.mockRestore();
  }
}
