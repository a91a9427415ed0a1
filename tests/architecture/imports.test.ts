import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importTable, reserved } from './import-table.ts';
import { arrowsOf, root, type Arrow } from './imports.ts';

const under = (target: string, rooms: readonly string[]): boolean =>
  rooms.some((room) => target === room || target.startsWith(`${room}/`));

const fault = (arrow: Arrow, says: string): string => `${arrow.file}:${arrow.line} imports ${arrow.target}: ${says}`;

function faultOf(arrow: Arrow): string | null {
  const room = arrow.file.split('/')[0] ?? '';
  const row = importTable[room];
  if (!row) return fault(arrow, `the room ${room} is not in the table`);
  const isTest = /\.test\.tsx?$/.test(arrow.file);
  if (!arrow.own) {
    if (arrow.typeOnly || isTest) return null;
    return row.packages.includes('*') || row.packages.includes(arrow.target)
      ? null
      : fault(arrow, `${room} may not use this package`);
  }
  if (under(arrow.target, row.values)) return null;
  if (arrow.typeOnly && under(arrow.target, row.types ?? [])) return null;
  return fault(arrow, arrow.typeOnly ? 'not even a type may cross here' : 'an arrow that the table does not list');
}

const rooms = Object.keys(importTable).filter((room) => existsSync(join(root, room)));
const arrows = rooms.flatMap(arrowsOf);

describe('the import table', () => {
  it('is about rooms that hold code', () => {
    expect(arrows.length).toBeGreaterThan(100);
  });

  it('knows every room of the house that holds TypeScript', () => {
    const known = new Set([
      ...Object.keys(importTable),
      'tests',
      'prisma',
      'scripts',
      'regulations',
      'docs',
      'deploy',
      'secrets',
      'node_modules',
    ]);
    const unknown = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !known.has(entry.name))
      .map((entry) => entry.name);
    expect(unknown.filter((room) => !['dist', 'coverage'].includes(room))).toEqual([]);
  });

  it.each(rooms)('holds for %s', (room) => {
    expect(
      arrows
        .filter((arrow) => arrow.file.startsWith(`${room}/`))
        .map(faultOf)
        .filter(Boolean),
    ).toEqual([]);
  });

  it.each(Object.entries(reserved))('keeps %s to its rooms', (name, allowed) => {
    const users = arrows.filter((arrow) => (arrow.own ? under(arrow.target, [name]) : arrow.target === name));
    expect(
      users.filter((arrow) => !under(arrow.file, allowed)).map((arrow) => fault(arrow, 'this room may not')),
    ).toEqual([]);
  });

  it('lets nothing import the tests', () => {
    expect(
      arrows
        .filter((arrow) => arrow.own && under(arrow.target, ['tests']))
        .map((arrow) => arrow.file)
        .filter((file) => !file.includes('.test.')),
    ).toEqual([]);
  });
});

describe('cycles', () => {
  it('there are none among values', () => {
    const edges = new Map<string, string[]>();
    for (const arrow of arrows) {
      if (!arrow.own || arrow.typeOnly) continue;
      const from = arrow.file.replace(/\.tsx?$/, '');
      edges.set(from, [...(edges.get(from) ?? []), arrow.target]);
    }
    const cycles: string[] = [];
    const state = new Map<string, 'open' | 'done'>();
    const walk = (node: string, path: string[]): void => {
      if (state.get(node) === 'done') return;
      if (state.get(node) === 'open') {
        cycles.push([...path.slice(path.indexOf(node)), node].join(' → '));
        return;
      }
      state.set(node, 'open');
      for (const next of edges.get(node) ?? []) walk(next, [...path, node]);
      state.set(node, 'done');
    };
    for (const node of edges.keys()) walk(node, []);
    expect(cycles).toEqual([]);
  });
});
