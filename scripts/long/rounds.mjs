import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs tests again and again, with other seeds and more examples each time, until the time is over. At least once. */
export const rounds = async ({ root, until, say, project, paths, factor }) => {
  const folder = mkdtempSync(join(tmpdir(), 'kurator-long-'));
  const report = join(folder, 'report.json');
  const sum = { rounds: 0, passed: 0, failed: 0 };
  const notes = [];
  try {
    do {
      const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
      const args = [
        'run',
        ...paths,
        '--project',
        project,
        '--testTimeout=3600000',
        '--reporter=json',
        '--reporter=default',
      ];
      const { status, stdout } = spawnSync(process.execPath, [vitest, ...args, `--outputFile.json=${report}`], {
        cwd: root,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1', KURATOR_TEST_RUNS: String(factor) },
        maxBuffer: 256 * 1024 * 1024,
      });
      const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
      sum.rounds += 1;
      sum.passed += numPassedTests;
      sum.failed += status === 0 ? 0 : Math.max(numFailedTests, 1);
      // A failure names its seed: it is kept whole on the screen, and by its first lines in the report.
      if (status !== 0) {
        console.log(stdout);
        notes.push(...(stdout.match(/^.*(FAIL|AssertionError|seed:).*$/gm) ?? []).slice(0, 6));
      }
      const words = stdout.match(/^\d+ visits and .*$/m);
      if (words) notes.push(words[0]);
      say(`${sum.rounds} rounds, ${sum.passed} passed, ${sum.failed} failed`);
    } while (Date.now() < until);
    return {
      counts: `${sum.rounds} rounds with ${factor} times the usual load or examples: ${sum.passed} passed, ${sum.failed} failed`,
      failed: sum.failed,
      notes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
