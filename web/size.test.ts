// @vitest-environment node
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import type { Rolldown } from 'vite';

type Chunk = Rolldown.OutputChunk;
type Output = Rolldown.RolldownOutput['output'];

/** Kilobytes over the wire that each entry may cost before anything is seen. */
const budget = { main: 250, mainOwn: 27, agency: 30, css: 25 };

let output: Output;
beforeAll(async () => {
  const built = (await build({
    configFile: join(import.meta.dirname, 'vite.config.ts'),
    logLevel: 'error',
    mode: 'production',
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  output = built.output;
}, 60_000);

const chunks = (): Chunk[] => output.filter((item): item is Chunk => item.type === 'chunk');
const kilobytes = (texts: string[]): number =>
  texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / 1000;

/** The entry and all that it loads at once. */
function firstLoad(name: string): Chunk[] {
  const byFile = new Map(chunks().map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set<Chunk>();
  const take = (chunk: Chunk | undefined): void => {
    if (chunk === undefined || loaded.has(chunk)) return;
    loaded.add(chunk);
    for (const file of chunk.imports) take(byFile.get(file));
  };
  take(chunks().find((chunk) => chunk.isEntry && chunk.name === name));
  return [...loaded];
}

it('keeps the first load of the pages in its budget', () => {
  const loaded = firstLoad('main');
  expect(loaded.length).toBeGreaterThan(0);
  expect(kilobytes(loaded.map((chunk) => chunk.code))).toBeLessThan(budget.main);
});

it('keeps our own code in it small', () => {
  const own = firstLoad('main').flatMap((chunk) =>
    Object.entries(chunk.modules)
      .filter(([id]) => !id.includes('node_modules'))
      .map(([, module]) => module.code ?? ''),
  );
  expect(kilobytes([own.join('\n')])).toBeLessThan(budget.mainOwn);
});

it('gives the agency a page of its own, without React', () => {
  const loaded = firstLoad('agency');
  expect(loaded.length).toBeGreaterThan(0);
  expect(kilobytes(loaded.map((chunk) => chunk.code))).toBeLessThan(budget.agency);
  const foreign = loaded.flatMap((chunk) => Object.keys(chunk.modules)).filter((id) => id.includes('node_modules'));
  expect(foreign).toEqual([]);
});

it('loads forms, popovers and calendars only when a page needs them', () => {
  const heavy = /@mantine\/(form|dates)|\/(Drawer|Popover|Textarea|NativeSelect)\.mjs$/;
  expect(
    firstLoad('main')
      .flatMap((chunk) => Object.keys(chunk.modules))
      .filter((id) => heavy.test(id)),
  ).toEqual([]);
});

it('keeps the sheets small', () => {
  const sheets = output.flatMap((item) =>
    item.type === 'asset' && item.fileName.endsWith('.css') ? [String(item.source)] : [],
  );
  expect(sheets.length).toBeGreaterThan(0);
  expect(kilobytes(sheets)).toBeLessThan(budget.css);
});
