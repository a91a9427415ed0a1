import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { helpAsked } from '../../cli/help.ts';

vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'kurator-help-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const kurator = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'cli/kurator.mjs'), ...args], { cwd: dir, encoding: 'utf8' });

describe('help', () => {
  it.each([['--help'], ['-h'], ['help'], []])('of all words: kurator %s', (...args) => {
    const help = helpAsked(args);
    for (const word of ['simulate', 'regulations check', 'demo', 'institution add', 'staff link', 'records check'])
      expect(help).toContain(`kurator ${word}`);
  });

  it('of one word says both languages and exits well', () => {
    const { status, stdout, stderr } = kurator('simulate', '--help');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('kurator simulate ФАЙЛ [--json] [--lang ru|en]');
    expect(stdout).toContain('проиграть датированные команды');
    expect(stdout).toContain("play a family's dated commands");
    expect(stdout).not.toContain('kurator demo');
  });

  it('is no answer to an ordinary command', () => {
    expect(helpAsked(['simulate', 'family.yaml', '--json'])).toBeNull();
    expect(kurator('simulated').status).toBe(2);
  });
});

describe('regulations check', () => {
  it('prints what a file holds that the program does not do by itself yet, with clause and reason', () => {
    const head = 'id: town\nversion: 1\ntitle: { ru: а, en: a }\nsource: { ru: а, en: a }\n';
    const rest = 'stages: {}\nduties: {}\nhouse: {}\n';
    const point =
      'notYetExecutable:\n  - { clause: "6.5", what: { ru: паспорт, en: passport }, why: { ru: нет участков, en: no sections } }\n';
    const inWords = '  - { clause: "step 3", what: { ru: обход, en: round }, why: { ru: нет, en: none } }\n';
    writeFileSync(join(dir, 'town.yaml'), head + rest + point + inWords);
    const { status, stdout } = kurator('regulations', 'check', 'town.yaml');
    expect(status).toBe(0);
    expect(stdout).toMatch(/ещё не исполняется программой \/ not yet executable:\n\s+п\. 6\.5: паспорт — нет участков/);
    expect(stdout).toContain('passport: no sections');
    expect(stdout).toContain('    шаг 3: обход — нет');
    writeFileSync(join(dir, 'town.yaml'), head + rest);
    expect(kurator('regulations', 'check', 'town.yaml').stdout).not.toContain('not yet executable');
  });
});
