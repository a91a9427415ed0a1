import { startTests } from '@vitest/runner';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { TestRunner } from 'vitest';
import { rememberedYaml } from './remembered-yaml.mjs';

// A loop that a wrong change made endless passes its switches again and again: so many times more often than the whole
// file does without a change, it will not end.
const tooMany = 10;
const fewestCalls = 100_000;

const state = { active: 0, calls: 0, most: Infinity, hits: undefined };
globalThis.__mutant = (number) => {
  state.calls += 1;
  if (state.calls > state.most) throw new Error('A loop without end');
  state.hits?.add(number);
  return number === state.active;
};

/** Runs one test file out of its bundle; tests that are not asked for are left out, and after one that fails the others. */
class OneFile extends TestRunner {
  failures = [];
  importFile() {
    this.load();
  }
  async onBeforeRunTask(test) {
    if (this.failures.length > 0 || this.asked?.has(test.id) === false) test.mode = 'skip';
    await super.onBeforeRunTask(test);
    this.began?.(test);
  }
  onAfterRunTask(test) {
    super.onAfterRunTask(test);
    if (test.result?.state === 'fail') this.failures.push(test);
    this.ended?.(test);
  }
}

const readers = rememberedYaml();

/** Calls `load` for the bundle anew: everything in it starts from nothing. */
const loaderOf = async (folder, { path, packages }, name, shared) => {
  const known = Object.fromEntries(await Promise.all(packages.map(async (one) => [one, await import(one)])));
  if (known.yaml) known.yaml = readers;
  const filename = join(folder, `${name}.cjs`);
  const names = ['module', 'exports', 'require', '__package', '__shared'];
  const body = compileFunction(readFileSync(filename, 'utf8'), names, { filename });
  return () => {
    const module = { exports: {} };
    const requires = (one) => {
      throw new Error(`${path} requires ${one}`);
    };
    const packageOf = (one) => known[one];
    const sharedOf = (one) => shared[one];
    body(module, module.exports, requires, packageOf, sharedOf);
    return module.exports;
  };
};

/**
 * Runs inside one vitest process and tries one wrong change after the other on tests that are compiled once. What to try
 * stands in a folder, what came of it is added there line by line: the process may be killed at any change.
 */
export default class MutationRunner extends TestRunner {
  async onBeforeRunFiles() {
    const folder = process.env.KURATOR_MUTATION;
    const job = JSON.parse(readFileSync(join(folder, 'job.json'), 'utf8'));
    const say = (line) => appendFileSync(join(folder, 'journal'), `${JSON.stringify(line)}\n`);
    try {
      const shared = (await loaderOf(folder, job.shared, 'shared', {}))();
      for (const [number, test] of job.tests.entries()) test.load = await loaderOf(folder, test, number, shared);
      const known = join(folder, 'baseline.json');
      if (!existsSync(known)) writeFileSync(known, JSON.stringify(await this.baseline(job, say)));
      await this.tryAll(job, JSON.parse(readFileSync(known, 'utf8')), say);
      say({ done: true });
    } catch (error) {
      say({ fault: error.stack });
    }
  }

  async run(test, spec) {
    const runner = Object.assign(new OneFile(this.config), { load: test.load, trace: this.trace }, spec);
    runner.__setTraces(this._otel);
    state.calls = 0;
    const [file] = await startTests([test.path], runner);
    const failure = runner.failures[0] ?? (file.result?.state === 'fail' ? file : undefined);
    return { file, failure };
  }

  /** What each test file costs and which switches it passes, while nothing is changed. */
  async baseline({ tests }, say) {
    const known = [];
    for (const test of tests) {
      const everywhere = new Set();
      const byTest = new Map();
      state.hits = everywhere;
      const from = performance.now();
      const { failure } = await this.run(test, {
        began: ({ id }) => byTest.set(id, (state.hits = new Set())),
        ended: () => (state.hits = everywhere),
      });
      const ms = performance.now() - from;
      if (failure) {
        const why = (failure.result.errors ?? []).map(({ message }) => message).join('\n');
        throw new Error(`Fails without any change: ${test.path} ${failure.name}\n${why}`);
      }
      const reached = {};
      for (const [id, hits] of byTest) for (const hit of hits) (reached[hit] ??= []).push(id);
      for (const hit of everywhere) reached[hit] = 'whole';
      known.push({ path: test.path, ms, calls: state.calls, reached });
      say({ baseline: test.path, ms });
    }
    state.hits = undefined;
    return known;
  }

  async tryAll({ tests, mutants, until }, known, say) {
    const asked = tests.map((test, index) => ({ ...test, ...known[index], noticed: {}, tries: {} }));
    const worth = (test, source) => ((test.noticed[source] ?? 0) + 0.5) / ((test.tries[source] ?? 0) + 1) / test.ms;
    for (const { number, file } of mutants) {
      if (Date.now() > until) return;
      const reaching = asked.filter(({ reached }) => reached[number]);
      // The test that has most often noticed changes of this file, for its time, comes first.
      reaching.sort((a, b) => worth(b, file) - worth(a, file));
      let by = null;
      for (const test of reaching) {
        say({ trying: number });
        state.active = number;
        state.most = Math.max(fewestCalls, tooMany * test.calls);
        const ids = test.reached[number];
        const { failure } = await this.run(test, { asked: ids === 'whole' ? undefined : new Set(ids) });
        state.active = 0;
        state.most = Infinity;
        test.tries[file] = (test.tries[file] ?? 0) + 1;
        if (!failure) continue;
        test.noticed[file] = (test.noticed[file] ?? 0) + 1;
        by = `${test.path} ${failure.name}`;
        break;
      }
      say({ tried: number, by, reached: reaching.length > 0 });
    }
  }
}
