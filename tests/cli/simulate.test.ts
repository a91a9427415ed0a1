import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';

// Each run starts a process; on a busy machine that takes a second or two.
vi.setConfig({ testTimeout: 60_000 });

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'kurator-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const kurator = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'cli/kurator.mjs'), ...args], {
    cwd: dir,
    encoding: 'utf8',
    timeout: 60_000,
  });

const written = (name: string, text: string): string => {
  writeFileSync(join(dir, name), text);
  return name;
};

const scenario = `regulation: borovichi
zone: Europe/Moscow
commands:
  - { on: 2026-03-02, command: openCase, ground: application, category: sop, form: group }
  - { on: 2026-03-02, command: assignCurator, curator: c1 }
  - { on: 2026-03-02, command: signAgreement }
  - { on: 2026-03-03, command: sendPlan, to: [school] }
until: 2026-03-05
`;

interface Out {
  duties: Record<string, unknown>[];
  stages: unknown[];
  rejected: Record<string, unknown>[];
}

describe('kurator simulate', () => {
  it('prints the stable shape as JSON', () => {
    const { status, stdout } = kurator('simulate', written('one.yaml', scenario), '--json');
    expect(status).toBe(0);
    const out = JSON.parse(stdout) as Out;
    expect(out.stages).toEqual([{ stage: 'diagnostic', from: '2026-03-02', to: null }]);
    expect(out.rejected).toMatchObject([
      { on: '2026-03-03', command: 'sendPlan', code: 'clause.not-fulfilled', clause: '3.2' },
    ]);
    const approval = out.duties.find(({ id }) => id === 'planApproval@3');
    expect(approval).toMatchObject({
      what: 'утверждение межведомственного плана',
      clause: '3.2',
      dueOn: '2026-03-23',
      unmovedDueOn: '2026-03-22',
      awaited: 'commission',
      state: 'open',
      metOn: null,
      provisional: false,
      scope: 'case',
      remindOn: ['2026-03-16', '2026-03-20'],
      escalateOn: ['2026-03-24', '2026-03-26'],
    });
    expect((approval?.['why'] as { day: string; text: string }[]).map(({ day }) => day)).toEqual([
      '2026-03-02',
      '2026-03-22',
      '2026-03-22',
      '2026-03-23',
      '2026-03-23',
    ]);
  });

  it('answers a list with a list, in the same order, from JSON too', () => {
    const one = {
      regulation: 'borovichi@1',
      commands: [{ on: '2026-03-02', command: 'openCase' }],
      until: '2026-03-02',
    };
    const { stdout } = kurator(
      'simulate',
      written('list.json', JSON.stringify([one, { ...one, commands: [] }], null, 2)),
      '--json',
    );
    const out = JSON.parse(stdout) as Out[];
    expect(out.map(({ stages }) => stages.length)).toEqual([1, 0]);
  });

  it('speaks Russian first, and English on demand', () => {
    const file = written('page.yaml', scenario);
    const russian = kurator('simulate', file).stdout;
    expect(russian).toContain('утверждение межведомственного плана');
    expect(russian).toContain('22.03.2026 (вс) — нерабочий день: воскресенье');
    expect(russian).toContain('план ещё не утверждён');
    const english = kurator('simulate', file, '--lang', 'en').stdout;
    expect(english).toContain('approval of the interagency plan');
    expect(english.replaceAll('РКДНиЗП', '').replaceAll('СОП', '')).not.toMatch(/[а-яё]/i);
  });

  it.each([
    ['an unknown word', scenario.replace('signAgreement', 'signAgrement'), 6, /неизвестная команда «signAgrement»/],
    ['an unknown field', scenario.replace('curator: c1', 'curator: c1, mood: good'), 5, /неизвестное поле «mood»/],
    ['a day that does not exist', scenario.replace('2026-03-03', '2026-02-30'), 7, /нет такого дня/],
    ['an unknown code', scenario.replace('ground: application', 'ground: rumour'), 4, /допустимы значения application/],
    ['an unknown regulation', scenario.replace('borovichi', 'nowhere'), 1, /регламента «nowhere» нет/],
    ['an unknown zone', scenario.replace('Europe/Moscow', 'Europe/Nowhere'), 2, /часового пояса/],
    ['a bad last day', scenario.replace('until: 2026-03-05', 'until: soon'), 8, /нет такого дня «soon»/],
    ['an unknown key', `${scenario}speed: fast\n`, 9, /неизвестное поле «speed»/],
  ])('names %s by file and line', (_, text, line, sentence) => {
    const { status, stdout, stderr } = kurator('simulate', written('bad.yaml', text), '--json');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^bad\\.yaml:${line}: `, 'm'));
    expect(stderr).toMatch(sentence);
  });

  it('names every fault of a JSON file at once', () => {
    const text = JSON.stringify(
      {
        regulation: 'borovichi',
        commands: [
          { on: '2026-03-02', command: 'x' },
          { on: '2026-03-02', command: 'recordVisit', y: 1 },
        ],
        until: '2026-03-02',
      },
      null,
      2,
    );
    const { stderr } = kurator('simulate', written('bad.json', text), '--lang', 'en');
    expect(
      stderr
        .trim()
        .split('\n')
        .map((line) => line.replace(/;.*/, '')),
    ).toEqual(['bad.json:6: unknown command "x"', 'bad.json:11: unknown field "y" of recordVisit']);
  });

  it('says so when there is no such file or option', () => {
    expect(kurator('simulate', 'nowhere.yaml').stderr).toContain('nowhere.yaml: файл не читается');
    expect(kurator('simulate', '--fast', 'x').status).toBe(2);
    expect(kurator('dance').status).toBe(2);
    expect(kurator('--help').status).toBe(0);
  });
});

describe('kurator regulations', () => {
  it('checks the shipped files', () => {
    const { status, stdout } = kurator('regulations', 'check');
    expect(status).toBe(0);
    expect(stdout).toContain('borovichi@1');
  });

  it('names the faults of a file by line', () => {
    const { status, stderr } = kurator('regulations', 'check', written('town.yaml', 'id: town\nversion: 0\n'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^town\.yaml:2: version/m);
  });
});

it('npx finds the command in this folder', () => {
  const { status, stdout } = spawnSync('npx', ['--no-install', 'kurator', 'regulations', 'check'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(status).toBe(0);
  expect(stdout).toContain('borovichi@1');
});
