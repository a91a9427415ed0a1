import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { instrument } from './instrument.mjs';
import { runBounded } from './run-bounded.mjs';

// Between two lines of the journal lies one test file's run, of a few seconds at most: who writes nothing for so long is
// caught in a loop that passes no switch.
const patience = 45;

const shuffled = (list) =>
  list
    .map((one) => ({ one, lot: Math.random() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ one }) => one);

const linesOf = (path) =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

/** Tries a list of changes in one process after the other, until all are tried or the time is over. */
const tryInTurn = async ({ root, folder, job }) => {
  const journal = join(folder, 'journal');
  const size = () => (existsSync(journal) ? statSync(journal).size : 0);
  const results = [];
  let mutants = job.mutants;
  for (;;) {
    rmSync(journal, { force: true });
    writeFileSync(join(folder, 'job.json'), JSON.stringify({ ...job, mutants }));
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const args = [vitest, 'run', '--config', 'scripts/long/vitest.mutation.config.mjs'];
    const env = { KURATOR_MUTATION: folder };
    const { killed, output } = await runBounded(args, { cwd: root, env, seconds: patience, sign: size });
    const lines = linesOf(journal);
    const fault = lines.find((line) => line.fault);
    if (fault) throw new Error(fault.fault);
    results.push(...lines.filter((line) => line.tried));
    if (lines.at(-1)?.done) return results;
    // The process has ended under a change, or was ended: that is noticed. Without a change it is a fault of this tool.
    const { trying } = lines.at(-1) ?? {};
    if (!trying) throw new Error(`The tests' process ended before its first change:\n${output.slice(-2_000)}`);
    results.push({ tried: trying, by: killed ? 'a run without end' : 'the end of the process', reached: true });
    const done = new Set(results.map(({ tried }) => tried));
    mutants = mutants.filter(({ number }) => !done.has(number));
    if (mutants.length === 0 || Date.now() > job.until) return results;
  }
};

/**
 * Tries the changes of some files of the product, drawn by lot, on the tests that import one of them.
 * @returns {Promise<{ all: object[], tried: object[] }>} `tried`: changes with `by` (who noticed, else `null`) and `reached`
 */
export const mutateRoom = async ({ root, files, tests, until, workers = availableParallelism() }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kurator-mutation-'));
  try {
    const instrumented = new Map();
    const all = [];
    for (const file of files) {
      const { code, mutants } = instrument(readFileSync(join(root, file), 'utf8'), file, all.length + 1);
      instrumented.set(file, code);
      all.push(...mutants);
    }
    const made = await bundle({ root, tests, instrumented });
    const whereIs = (one) => ({ path: one.path, packages: one.packages });
    const job = { shared: whereIs(made.shared), tests: made.tests.map(whereIs), until };
    const startIn = (name) => {
      const own = join(folder, name);
      mkdirSync(own);
      writeFileSync(join(own, 'shared.cjs'), made.shared.code);
      for (const [number, { code }] of made.tests.entries()) writeFileSync(join(own, `${number}.cjs`), code);
      return own;
    };
    const first = startIn('first');
    await tryInTurn({ root, folder: first, job: { ...job, mutants: [] } });

    const lot = shuffled(all.map(({ number, file }) => ({ number, file })));
    const results = await Promise.all(
      Array.from({ length: workers }, (_, worker) => {
        const own = startIn(`worker-${worker}`);
        copyFileSync(join(first, 'baseline.json'), join(own, 'baseline.json'));
        const mutants = lot.filter((_, index) => index % workers === worker);
        return tryInTurn({ root, folder: own, job: { ...job, mutants } });
      }),
    );
    const byNumber = new Map(all.map((mutant) => [mutant.number, mutant]));
    return { all, tried: results.flat().map(({ tried, ...result }) => ({ ...byNumber.get(tried), ...result })) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
