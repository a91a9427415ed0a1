import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { mutateRoom } from '../../scripts/long/mutation-room.mjs';
import { runBounded } from '../../scripts/long/run-bounded.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixture = 'tests/mutation/fixture';
const room = (test: string, until: number) =>
  mutateRoom({ root, files: [`${fixture}/countdown.ts`], tests: [`${fixture}/${test}`], until, workers: 1 });
const inTime = () => Date.now() + 600_000;

it('says of each wrong change who noticed it, a loop without end too, and whether a test reached it', async () => {
  const { all, tried } = await room('countdown.check.ts', inTime());
  expect(tried).toHaveLength(all.length);
  const of = (from: string, to: string) => {
    const found = tried.filter((one) => one.from === from && one.to === to);
    expect(found, `${from} → ${to}`).toHaveLength(1);
    return found[0] && { by: found[0].by, reached: found[0].reached };
  };
  const counts = { by: `${fixture}/countdown.check.ts counts down`, reached: true };
  expect(of('steps += 1;', '')).toEqual(counts);
  expect(of('left !== 0', 'false')).toEqual(counts);
  // 3, 4, 5 …: what has no end is ended.
  expect(of('-=', '+=')).toEqual(counts);
  expect(of("'steps'", "''")).toEqual({ by: `${fixture}/countdown.check.ts says the word`, reached: true });
  expect(of("'step'", "''")).toEqual({ by: null, reached: false });
  expect(of('steps === 1', 'false')).toEqual({ by: null, reached: true });
}, 120_000);

it('ends when its time is over, and says how little it has tried', async () => {
  const { all, tried } = await room('countdown.check.ts', 0);
  expect(all.length).toBeGreaterThan(10);
  expect(tried).toEqual([]);
}, 120_000);

it('fails aloud where a test fails without any change', async () => {
  await expect(room('wrong.check.ts', inTime())).rejects.toThrow(
    /Fails without any change: .*wrong\.check\.ts expects the wrong word/,
  );
}, 120_000);

it('kills what shows no sign of life, and leaves alone what does', async () => {
  const at = { cwd: root, seconds: 1 };
  expect(await runBounded(['-e', 'for (;;);'], { ...at, sign: () => 0 })).toMatchObject({ killed: true });
  let signs = 0;
  const alive = runBounded(['-e', 'setTimeout(() => console.log("done"), 2_000)'], { ...at, sign: () => (signs += 1) });
  expect(await alive).toEqual({ killed: false, output: 'done\n' });
}, 60_000);
