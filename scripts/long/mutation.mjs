import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutantsOf } from './mutants.mjs';

/**
 * Changes the domain's code at places drawn by lot, one at a time, in a copy of the commit, and asks the domain's tests
 * whether they notice. Our own and not Stryker, whose run over the whole domain has no bound: this one takes as long
 * as it is given and says how much it has tried.
 */
export const mutation = async ({ root, until, say }) => {
  const copy = mkdtempSync(join(tmpdir(), 'kurator-mutation-'));
  const run = () =>
    spawnSync(
      process.execPath,
      [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'domain', '--bail', '1', 'tests/domain'],
      { cwd: copy, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' }, timeout: 300_000 },
    );
  try {
    const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: root, maxBuffer: 512 * 1024 * 1024 });
    execFileSync('tar', ['-x', '-C', copy], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const files = execFileSync('git', ['ls-files', 'domain'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((file) => file.endsWith('.ts'));
    const mutants = files.flatMap((file) => mutantsOf(join(copy, file)).map((one) => ({ ...one, name: file })));
    const first = run();
    if (first.status !== 0)
      throw new Error(`The domain's tests fail without any change:\n${first.stdout.slice(-2_000)}`);
    const survivors = [];
    let tried = 0;
    while (Date.now() < until && mutants.length > 0) {
      const [mutant] = mutants.splice(Math.floor(Math.random() * mutants.length), 1);
      const whole = readFileSync(mutant.file, 'utf8');
      writeFileSync(mutant.file, mutant.text);
      const { status } = run();
      writeFileSync(mutant.file, whole);
      tried += 1;
      if (status === 0) survivors.push(`${mutant.name}:${mutant.line} ${mutant.from} → ${mutant.to}`);
      say(`${tried} tried, ${survivors.length} unnoticed`);
    }
    return {
      counts: `${tried} of ${mutants.length + tried} changes of the domain tried, ${tried - survivors.length} noticed`,
      failed: 0,
      notes: survivors.map((survivor) => `not noticed: \`${survivor}\``),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
};
