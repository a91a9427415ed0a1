import { describe, expect, it } from 'vitest';
import * as workflows from '../../workflows/index.ts';
import { arrowsOf, type Arrow } from './imports.ts';

describe('the workflow bundle', () => {
  it('registers exactly the workflow types of the house', () => {
    expect(Object.keys(workflows).sort()).toEqual(['familyCase', 'noticeDispatcher']);
  });

  it('holds nothing foreign: from its entry, values come only from workflows/ and the two packages of the SDK', () => {
    const byFile = new Map<string, Arrow[]>();
    for (const arrow of arrowsOf('workflows')) {
      const file = arrow.file.replace(/\.tsx?$/, '');
      byFile.set(file, [...(byFile.get(file) ?? []), arrow]);
    }
    const seen = new Set<string>();
    const foreign: string[] = [];
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      for (const arrow of byFile.get(file) ?? []) {
        if (arrow.typeOnly) continue;
        if (!arrow.own) {
          if (!['@temporalio/workflow', '@temporalio/common'].includes(arrow.target))
            foreign.push(`${arrow.file}:${arrow.line} ${arrow.target}`);
        } else if (arrow.target.startsWith('workflows/')) walk(arrow.target);
        else foreign.push(`${arrow.file}:${arrow.line} ${arrow.target}`);
      }
    };
    walk('workflows/index');
    expect(seen.size).toBeGreaterThan(3);
    expect(foreign).toEqual([]);
  });
});
