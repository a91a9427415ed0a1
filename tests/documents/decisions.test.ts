import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = new URL('../../docs/adr/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name !== 'README.md')
  .sort();

it('decisions are numbered one after another, in their names and in their titles', () => {
  expect(names.map((name) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]))).toEqual(names.map((_, at) => at + 1));
  const titles = names.map((name) => readFileSync(new URL(name, folder), 'utf8').split('\n')[0]);
  expect(titles).toEqual(names.map((_, at): unknown => expect.stringMatching(new RegExp(`^# ${at + 1}\\. \\S`))));
});
