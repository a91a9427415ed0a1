import { describe, expect, it } from 'vitest';
import { resolveAudience } from '../../platform/notices/resolve-audience.ts';
import type { Directory } from '../../platform/notices/resolve-audience.ts';

const person = (id: string, role: string, more: { body?: string; department?: string } = {}) => ({
  id,
  email: `${id}@x.example`,
  role,
  body: more.body ?? null,
  department: more.department ?? null,
});
const directory: Directory = {
  staff: [
    person('c1', 'curator', { department: 'one' }),
    person('h1', 'head', { department: 'one' }),
    person('h2', 'head', { department: 'two' }),
    person('d', 'deputyDirector'),
    person('s', 'secretary', { body: 'commission' }),
  ],
  agencies: new Map([
    ['school', 'school@x.example'],
    ['silent', ''],
  ]),
};

describe('who stands behind an audience', () => {
  it.each([
    ['role:curator', 'c1', ['c1@x.example']],
    ['role:head', 'c1', ['h1@x.example']],
    ['role:head', null, ['h1@x.example', 'h2@x.example']],
    ['role:curator', null, ['h1@x.example', 'h2@x.example']],
    ['role:curator', 'has-left', ['h1@x.example', 'h2@x.example']],
    ['role:deputyDirector', 'c1', ['d@x.example']],
    ['body:commission', 'c1', ['s@x.example']],
    ['body:workingGroup', 'c1', []],
    ['agency:school', 'c1', ['school@x.example']],
    ['agency:silent', 'c1', []],
    ['agency:unknown', 'c1', []],
    ['nonsense', 'c1', []],
  ])('%s of a case of %s: %j', (audience, curator, expected) => {
    expect(resolveAudience(directory, audience, curator)).toEqual(expected);
  });

  it.each([
    ['of a department without a head: every head', 'three', [], ['h1', 'h2']],
    ['of no department: every head', undefined, [], ['h1', 'h2']],
    ['of a department without a head, where somebody heads the whole service', 'three', ['whole'], ['whole']],
    ['of a department with a head, where somebody heads the whole service', 'one', ['whole'], ['h1']],
  ])('the heads of a case %s', (_case, department, whole, expected) => {
    const staff = [
      ...directory.staff,
      person('c3', 'curator', department === undefined ? {} : { department }),
      ...whole.map((id) => person(id, 'head')),
    ];
    const emails = expected.map((id) => `${id}@x.example`);
    expect(resolveAudience({ ...directory, staff }, 'role:head', 'c3')).toEqual(emails);
  });
});
