import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './imports.ts';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(Boolean);
const code = tracked.filter((file) => /\.(ts|tsx|mjs|sql)$/.test(file) && !file.startsWith('docs/'));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('names', () => {
  it('files are kebab-case; React components are PascalCase', () => {
    const odd = code.filter((file) => {
      const name = basename(file).replace(/(\.(test|config|d))*\.(ts|tsx|mjs|sql)$/, '');
      return (
        !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name) && !(file.startsWith('web/') && /^[A-Z][A-Za-z0-9]*$/.test(name))
      );
    });
    expect(odd).toEqual([]);
  });

  it("no regulation's name stands in code", () => {
    const regulations = ['borovichi', 'taganrog', 'kogalym', 'gus-khrustalny', 'vologda'];
    const rooms = /^(domain|workflows|activities|worker|api|web|platform)\//;
    const guilty = code
      .filter((file) => rooms.test(file) && !file.includes('.test.'))
      .filter((file) => regulations.some((name) => textOf(file).toLowerCase().includes(name)));
    expect(guilty).toEqual([]);
  });

  it('no test is left out or alone', () => {
    const marks = new RegExp(`\\b(it|test|describe)\\.(${['skip', 'only', 'todo'].join('|')})\\b`);
    expect(code.filter((file) => marks.test(textOf(file)))).toEqual([]);
  });

  it('the median file is under 100 lines', () => {
    const sizes = code
      .filter((file) => !file.includes('generated'))
      .map((file) => textOf(file).split('\n').length)
      .sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100);
  });
});
