import { mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../../scripts/start/child.mjs';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kurator-log-'));
  file = path.join(folder, 'api.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a log goes on when the disk has room again, and says that something is missing', () => {
  // Whatever is written to this device finds no space left.
  symlinkSync('/dev/full', file);
  const log = openLog(file);
  log('one\n');
  log('two\n');
  rmSync(file);
  log('three\n');
  log('four');
  expect(readFileSync(file, 'utf8')).toBe('\n2 pieces of this log could not be written\nthree\nfour\n');
});

test('a log that has grown large is set aside while the product runs', () => {
  writeFileSync(file, 'old\n');
  truncateSync(file, 20 * 1024 * 1024);
  const log = openLog(file);
  log('the last of the old\n');
  log('the first of the new\n');
  expect(readFileSync(file, 'utf8')).toBe('the first of the new\n');
  expect(readFileSync(`${file}.1`, 'utf8')).toContain('the last of the old');
});
