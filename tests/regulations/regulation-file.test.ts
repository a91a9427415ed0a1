import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishedSchema } from '../../domain/regulation/schema.ts';
import { loadRegulations } from '../../platform/regulations/load.ts';
import { faultsOf } from './faults-of.ts';

const folder = join(import.meta.dirname, '../../regulations');
const shipped = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8');
const borovichi = shipped('borovichi');

/** The shipped file with one part of it spoilt, and the line where that part stands. */
const spoilt = (from: string, to: string, whole = borovichi): { text: string; line: number } => {
  expect(whole).toContain(from);
  return { text: whole.replace(from, to), line: whole.slice(0, whole.indexOf(from)).split('\n').length };
};

it('the shipped files are in order, each known by id and version', () => {
  expect([...loadRegulations().keys()]).toContain('borovichi@1');
});

describe('a fault is named by file, line and sentence', () => {
  it.each([
    ['version: 1', 'version: one', /version: /],
    [
      'who: coordinator\n    start: { fact: agreementSigned }',
      'who: nobody\n    start: { fact: agreementSigned }',
      /nobody is called "nobody"/,
      0,
    ],
    ['start: { fact: agreementSigned }', 'start: { fact: agreementSinged }', /expected one of .*agreementSigned/],
    ['term: { calendarDays: 20 }', 'term: { calendarDays: 0 }', /calendarDays/],
    ['term: { calendarDays: 20 }', 'term: { days: 20 }', /unknown key "days"/],
    ['where: { kind: initial }', 'where: { sort: initial }', /has no field "sort"/],
    ['{ plan: termOver }', '{ plan: finished }', /expected one of drafted, approved/],
    ['eachWindowOf: monitoring', 'eachWindowOf: visits', /"visits" is no duty with a grid/],
    ['then: commission', 'then: comission', /no body "comission"/],
    ['{ by: coordinator }', '{ by: chairman }', /no role "chairman"/],
    [
      'unless: [{ everyMeasureHas: [what, dueOn, responsible] }]',
      'unless: [{ everyMeasureHasAll: [what] }]',
      /unknown key "everyMeasureHasAll"/,
    ],
    ['{ duty: patronage, is: reached }', '{ duty: patronige, is: reached }', /no duty "patronige"/],
    ['to: deputyDirector', 'to: director', /expected one of curator, head/],
    ['suspendable: []', 'suspendable: [monitorings]', /no duty "monitorings"/],
    ['  coordinator:\n    clause: "1.6"', '  coordinator:\n    clause: 1.6', /clause/, 1],
    ['from: [{ fact: postSupportStarted }]', 'from: [{ stage: reflective }]', /asks facts and the plan/],
    [
      'from: [{ fact: postSupportStarted }]',
      'from: [{ any: [{ not: { stage: reflective } }, { fact: postSupportStarted }] }]',
      /asks facts and the plan/,
    ],
    [
      'where: { kind: initial }',
      'where: { kind: inital }',
      /"kind" can never be "inital"; expected one of initial, interim, final/,
    ],
    ['where: { finding: sop }', 'where: { finding: СОП }', /"finding" can never be "СОП"; words are sealed/],
    ['{ category: juvenileOffender }', '{ level: bsic }', /expected one of adaptation, basic, crisis, emergency/],
    ['category: juvenileOffender', 'category: juvenile', /no such category; the categories: .*juvenileOffender/],
  ])('%s', (from, to, sentence, offset = from.split('\n').length - 1) => {
    const { text, line } = spoilt(from, to);
    const found = faultsOf(text);
    expect(found.join('\n')).toMatch(sentence);
    expect(
      found.map((fault) => Number(fault.split(':')[1])).some((at) => at >= line && at <= line + Math.max(offset, 1)),
    ).toBe(true);
    expect(found.every((fault) => /^town\.yaml:\d+: \S/.test(fault))).toBe(true);
  });

  it.each([
    [
      'gus-khrustalny',
      'day: socialContract.to }',
      'day: socialContract.until }',
      /expected one of socialContract\.from/,
    ],
    ['gus-khrustalny', '{ past: socialContract.to }', '{ past: contract }', /expected one of socialContract\.from/],
    ['gus-khrustalny', 'upTo: supportTerm', 'upTo: monthlyServices', /"monthlyServices" is no duty with a term/],
    ['gus-khrustalny', 'upTo: supportTerm', 'upTo: supportTerm, while: activity', /not both/],
    [
      'gus-khrustalny',
      '[{ anyOf: [{ fact: serviceRecorded }, ',
      '[{ anyOf: [{ fact: serviceRendered }, ',
      /serviceRecorded/,
    ],
    ['gus-khrustalny', '{ workingDay: true }', '{ workingDay: yes please }', /workingDay/],
    ['vologda', 'direction: in\n', 'direction: inward\n', /expected one of in, out/],
    ['vologda', 'where: { kind: parentVisit }', 'where: { sort: parentVisit }', /has no field "sort"/],
    [
      'vologda',
      '{ someMeasure: { outside: true } }',
      '{ someMeasures: { outside: true } }',
      /unknown key "someMeasures"/,
    ],
    ['vologda', '{ someMeasure: { outside: true } }', '{ someMeasure: { abroad: true } }', /has no field "abroad"/],
    [
      'vologda',
      '{ someMeasure: { outside: true } }',
      '{ someMeasure: { outside: sometimes } }',
      /"outside" can never be "sometimes"; it is a value of another kind/,
    ],
    ['taganrog', 'where: { level: crisis }', 'where: { level: crises }', /"level" can never be "crises"/],
    ['taganrog', '{ field: decision, is: approve }', '{ field: decision, is: approved }', /can never be "approved"/],
    ['vologda', 'each: parentVisit', 'each: parentsVisit', /expected/],
    ['vologda', '{ given: familyFormedOn }', '{ given: weddingOn }', /expected one of socialContract\.from/],
  ])('of %s: %s', (name, from, to, sentence) => {
    const { text, line } = spoilt(from, to, shipped(name));
    const at = faultsOf(text).map((fault) => Number(fault.split(':')[1]));
    expect(faultsOf(text).join('\n')).toMatch(sentence);
    expect(at).toContain(line);
  });

  it('all of them at once, in the order of the file', () => {
    const text = borovichi
      .replace('version: 1', 'version: 0')
      .replace('{ plan: termOver }', '{ plan: over }')
      .replace('to: head', 'to: chief');
    const lines = faultsOf(text).map((fault) => Number(fault.split(':')[1]));
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });

  it('of the notation too', () => {
    expect(faultsOf('id: town\nversion: 1\nversion: 2\n')[0]).toMatch(/^town\.yaml:3: /);
    expect(faultsOf('id: [town\n')[0]).toMatch(/^town\.yaml:\d: /);
    expect(faultsOf('')[0]).toMatch(/^town\.yaml:1: /);
  });

  it('a choice that can leave nobody chosen', () => {
    const { text } = spoilt('      - { then: workingGroup }\n', '');
    expect(faultsOf(text).join('\n')).toMatch(/the last choice must have no "when"/);
  });
});

it('the published JSON Schema is that of the code', () => {
  const published = JSON.parse(readFileSync(join(folder, 'regulation.schema.json'), 'utf8')) as unknown;
  expect(published).toEqual(JSON.parse(JSON.stringify(publishedSchema())));
});

it('no regulation is named in code', async () => {
  const { execFileSync } = await import('node:child_process');
  const ids = [...loadRegulations().values()].map(({ id }) => id).join('|');
  const tracked = execFileSync(
    'git',
    ['ls-files', 'domain', 'workflows', 'activities', 'worker', 'platform', 'api', 'cli'],
    { encoding: 'utf8' },
  );
  const named = tracked
    .split('\n')
    .filter(
      (name) => name.endsWith('.ts') && new RegExp(ids, 'i').test(readFileSync(join(folder, '..', name), 'utf8')),
    );
  expect(named).toEqual([]);
});
