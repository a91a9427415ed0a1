import { compileFunction } from 'node:vm';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';
import { instrument } from '../../scripts/long/instrument.mjs';

const changes = (source: string): string[] =>
  instrument(source, 'a.ts', 1).mutants.map(({ from, to }) => `${from} → ${to}`);

/** What `f(...args)` of the source gives: unchanged first, then under each of its changes. */
const results = (source: string, ...args: unknown[]): unknown[] => {
  const { code, mutants } = instrument(source, 'a.ts', 1);
  const { code: plain } = transformSync(code, { loader: 'ts' });
  return [0, ...mutants.map(({ number }) => number)].map((active) => {
    const make = compileFunction(`${plain}; return f;`, ['__mutant']) as (
      isActive: (number: number) => boolean,
    ) => (...given: unknown[]) => unknown;
    return make((number) => number === active)(...args);
  });
};

it('moves borders, turns comparisons and sums round, leaves out half a condition', () => {
  expect(changes('const f = (a: number) => a < 2;')).toEqual(['< → <=', '2 → 3']);
  expect(changes('const f = (a: number) => a === b;')).toEqual(['=== → !==']);
  expect(changes('const f = a && b;')).toEqual(['a && b → a', 'a && b → b']);
  expect(changes('const f = a ?? b;')).toEqual(['a ?? b → a', 'a ?? b → b']);
  expect(changes('const f = a + b;')).toEqual(['+ → -']);
});

it('answers a question always so and always otherwise', () => {
  expect(changes('const f = a ? b : c;')).toEqual(['a → true', 'a → false']);
  expect(changes('if (!a) { b; }').slice(0, 3)).toEqual(['!a → true', '!a → false', '!a → a']);
  expect(changes('while (a) {}')).toEqual(['a → false']);
});

it('takes words away, whole and from within a sentence', () => {
  expect(changes("const f = { ru: 'день' };")).toEqual(["'день' → ''"]);
  expect(changes('const f = `by ${day}`;')).toEqual(["`by ${day}` → ''", "day → ''"]);
  expect(results('const f = (day: string) => `by ${day}!`;', 'Monday')).toEqual(['by Monday!', '', 'by !']);
});

it('leaves out statements, filters and the members of a list', () => {
  expect(changes('f();')).toEqual(['f(); → ']);
  expect(changes('const f = a.filter(b);')).toEqual(['a.filter(b) → a']);
  expect(changes('const f = a.some(b);')).toEqual(['some → every']);
  expect(results('const f = () => [true];')).toEqual([[true], [], [false]]);
});

it('changes no type, no import and no name', () => {
  expect(changes("import { a } from 'b';\ninterface C { d: 'e' | 1 }\ntype F = 'g';\nexport { a } from 'h';")).toEqual(
    [],
  );
  expect(changes("const f = { 'a-b': x, 1: y };")).toEqual([]);
});

it('keeps the meaning where nothing is changed, and changes one thing at a time', () => {
  const source = `
    const f = (days: number[]): string => {
      let sum = 0;
      for (const day of days) {
        if (day < 0) continue;
        else sum += day;
      }
      return sum > 3 && days.length === 3 ? 'many' : \`\${sum}\`;
    };`;
  const [plain, ...changed] = results(source, [1, -5, 3]);
  expect(plain).toBe('many');
  expect(changed).toHaveLength(instrument(source, 'a.ts', 1).mutants.length);
  expect(changed.filter((one) => one !== plain).length).toBeGreaterThan(8);
});

it('leaves a callee its this, a chain its end and a written place a place', () => {
  const source = `
    const f = (a: any): unknown => {
      const out: any = {};
      out[a.list.filter((one: number) => one > 1).length + 1] = a.none?.filter(Boolean).map(String);
      return out;
    };`;
  expect(results(source, { list: [1, 2] })[0]).toEqual({ 2: undefined });
});

it('says where each change stands, numbered on from the first', () => {
  const { mutants } = instrument('const a = 1;\nconst b =\n  a < 5;', 'domain/x.ts', 7);
  expect(mutants.map(({ number, file, line, column }) => [number, file, line, column])).toEqual([
    [7, 'domain/x.ts', 1, 11],
    [8, 'domain/x.ts', 3, 5],
    [9, 'domain/x.ts', 3, 7],
  ]);
});
