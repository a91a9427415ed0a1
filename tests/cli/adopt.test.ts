import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';

// Each run starts a process; on a busy machine that takes a second or two.
vi.setConfig({ testTimeout: 60_000 });

const dir = mkdtempSync(join(tmpdir(), 'kurator-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const adopt = (text: string, ...options: string[]) => {
  writeFileSync(join(dir, 'past.yaml'), text);
  const program = join(import.meta.dirname, '../../cli/kurator.mjs');
  const args = [program, 'adopt', 'past.yaml', ...options];
  return spawnSync(process.execPath, args, { cwd: dir, encoding: 'utf8', timeout: 60_000 });
};

const past = `regulation: borovichi
commands:
  - { on: 2026-03-02, command: openCase, ground: application, category: sop, form: group }
  - { on: 2026-03-02, command: assignCurator, curator: c1 }
  - { on: 2026-03-02, command: signAgreement }
`;

it('says what would be late on the day of the adoption', () => {
  const { status, stdout } = adopt(past, '--on', '2026-03-24', '--json');
  expect(status).toBe(0);
  const { late } = JSON.parse(stdout) as { late: { id: string; dueOn: string }[] };
  expect(late.map(({ id, dueOn }) => `${dueOn} ${id}`)).toEqual([
    '2026-03-12 diagnosis@3',
    '2026-03-23 planApproval@3',
  ]);
  expect(adopt(past, '--on', '2026-03-13').stdout).toMatch(
    /ПРОСРОЧЕНО НА 2026-03-13\n {2}2026-03-12 .+ \(п\. 3\.1\)\n/,
  );
});

it('ends with 1 where the past would be refused, and with 2 and the line where it cannot be read', () => {
  const early = adopt(`${past}  - { on: 2026-03-01, command: recordVisit }\n`, '--on', '2026-03-24');
  expect(early.status).toBe(1);
  expect(early.stdout).toContain('№ 4');
  const wrong = adopt(`${past}  - { on: 2026-03-03, command: recordVisit, colour: red }\n`);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toMatch(/^past\.yaml:6: .*colour/);
});

it('names the line of words that nobody typed', () => {
  const bad = past.replace('command: signAgreement }', 'command: signAgreement, note: "а\\0б" }');
  const { status, stderr } = adopt(`title: "\\e[2J"\n${bad}`);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^past\.yaml:1: «title»: есть управляющий знак/m);
  expect(stderr).toMatch(/^past\.yaml:6: «note»: есть знак, которого не бывает на клавиатуре/m);
});
