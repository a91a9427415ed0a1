import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mutantsOf } from './mutants.mjs';
import { runBounded } from './run-bounded.mjs';

/** The tests that state the domain's rules. */
const folders = ['tests/domain', 'tests/regulations', 'tests/access'];

/** Those of the tests that import from the folder of the changed file, and the others. */
const byNearness = (tests, file) => {
  const room = `/${dirname(file)}/`;
  const near = tests.filter(({ text }) => text.includes(room)).map(({ path }) => path);
  const far = tests.filter(({ text }) => !text.includes(room)).map(({ path }) => path);
  return [near, far].filter((paths) => paths.length > 0);
};

/**
 * Changes the domain's code at places drawn by lot, one at a time, in a copy of the commit, and asks the tests of the
 * domain's rules whether they notice, the nearest first. Our own and not Stryker, whose run over the whole domain has no
 * bound: this one takes as long as it is given and says how much it has tried.
 *
 * A run without an end counts as noticed: nobody could overlook it. The tests of the records, the processes and the pages
 * are not asked: they need servers and minutes for each change, and a rule that only they hold stands where no reader of
 * the rule looks for it. The list of what was not noticed has no exceptions: some of it changes nothing (`<` for `<=`
 * between days that are never the same), and who reads it decides.
 */
export const mutation = async ({ root, until, say }) => {
  const copy = mkdtempSync(join(tmpdir(), 'kurator-mutation-'));
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const run = (paths, seconds) =>
    runBounded([vitest, 'run', '--project', 'domain', '--bail', '1', ...paths], { cwd: copy, seconds });
  try {
    const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: root, maxBuffer: 512 * 1024 * 1024 });
    execFileSync('tar', ['-x', '-C', copy], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    // A test reads the tracked names.
    execFileSync('git', ['init', '--quiet'], { cwd: copy });
    execFileSync('git', ['add', '--all'], { cwd: copy });
    const tracked = (...paths) =>
      execFileSync('git', ['ls-files', ...paths], { cwd: copy, encoding: 'utf8' }).split('\n');
    const tests = tracked(...folders)
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => ({ path, text: readFileSync(join(copy, path), 'utf8') }));
    const mutants = tracked('domain')
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) => mutantsOf(join(copy, name)).map((one) => ({ ...one, name })));

    const began = Date.now();
    const first = await run(folders, 600);
    if (!first.passed) throw new Error(`The domain's tests fail without any change:\n${first.output.slice(-2_000)}`);
    const patience = 10 + (4 * (Date.now() - began)) / 1000;

    const survivors = [];
    let tried = 0;
    while (Date.now() < until && mutants.length > 0) {
      const [mutant] = mutants.splice(Math.floor(Math.random() * mutants.length), 1);
      const whole = readFileSync(mutant.file, 'utf8');
      writeFileSync(mutant.file, mutant.text);
      let noticed = false;
      for (const paths of byNearness(tests, mutant.name)) noticed ||= !(await run(paths, patience)).passed;
      writeFileSync(mutant.file, whole);
      tried += 1;
      if (!noticed) survivors.push(`${mutant.name}:${mutant.line}:${mutant.column} ${mutant.from} → ${mutant.to}`);
      say(`${tried} tried, ${survivors.length} unnoticed`);
    }
    return {
      counts: `${tried} of ${mutants.length + tried} changes of the domain tried, ${tried - survivors.length} noticed`,
      failed: 0,
      notes: survivors.sort().map((survivor) => `not noticed: \`${survivor}\``),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
