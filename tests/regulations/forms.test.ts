import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { faultsOf } from './faults-of.ts';

const folder = join(import.meta.dirname, '../../regulations');

describe.each([
  [
    'taganrog',
    'start: { fact: [levelSet, levelChanged], where: { level: crisis }',
    'start: { fact: [levelSet, levelRaised], where: { level: crisis }',
    /expected one of .*levelChanged/,
  ],
  ['taganrog', 'where: { level: crisis }', 'where: { grade: crisis }', /levelSet has no field "grade"/],
  ['taganrog', 'acts: afterStart', 'acts: later', /expected one of any, sinceStart, afterStart/],
  [
    'taganrog',
    '{ levels: emergency, atMost: 6 }',
    '{ levels: urgent, atMost: 6 }',
    /expected one of adaptation, basic/,
  ],
  ['taganrog', '{ levels: emergency, atMost: 6 }', '{ levels: emergency, atMost: 0 }', /atMost/],
  ['taganrog', 'notBefore: dueOn', 'notBefore: start', /dueOn/],
  ['taganrog', 'on: found', 'on: seen', /violationReported has no field "seen"/],
  [
    'taganrog',
    '{ sameFact: reported, where: { to: [commission, null] } }',
    '{ sameFact: told, where: { to: [commission, null] } }',
    /has no field "told"/,
  ],
  [
    'taganrog',
    'start: { fact: violationReported, on: found, every: true }',
    'start: { fact: violationReported, every: true }',
    /"sameFact" needs a start that names the field of its day/,
  ],
  [
    'taganrog',
    'calendar: { every: quarter, day: 10 }',
    'calendar: { every: season, day: 10 }',
    /expected one of month, quarter/,
  ],
  ['taganrog', 'calendar: { every: quarter, day: 10 }', 'calendar: { every: quarter, day: 31 }', /day/],
  [
    'taganrog',
    'calendar: { every: quarter, day: 10 }',
    'calendar: { every: quarter, day: 10 }\n    scope: case',
    /expected one of institution/,
  ],
  [
    'taganrog',
    'unless: [{ consent: informationBank, of: member }]',
    'unless: [{ consent: infoBank, of: member }]',
    /expected one of personalData/,
  ],
  [
    'taganrog',
    '  - command: enterInformationBank\n    clause: "11.5"\n    unless: [{ consent',
    '  - command: suspend\n    clause: "11.5"\n    unless: [{ consent',
    /suspend has no field "member"/,
  ],
  [
    'taganrog',
    '  - command: giveMeasure\n    clause: "6.4"',
    '  - command: suspend\n    clause: "6.4"',
    /suspend involves no agency/,
  ],
  [
    'taganrog',
    '  emergency:\n    clause: "2, 5.4"',
    '  urgent:\n    clause: "2, 5.4"',
    /unknown key "urgent"|not a name that may stand here/,
  ],
  [
    'kogalym',
    'each: document',
    'each: paper',
    /each: expected one of measure, newAgency, document, request, parentVisit; "paper" is none of them/,
  ],
  [
    'taganrog',
    'calendar: { every: quarter, day: 10 }',
    'calendar: { every: quarter, day: 10, dayOff: after }',
    /expected one of before/,
  ],
  [
    'borovichi',
    'every: { months: 3 }',
    'every: { days: 90 }',
    /unknown key "days" in .*; one of these is expected: months, weeks/,
  ],
  ['borovichi', 'every: { months: 3 }', 'every: { months: three }', /a number is expected here, and a word/],
  [
    'borovichi',
    'for: [{ everInSop: true }]',
    'for: [{ not: { stage: activity } }]',
    /"for" asks the family .*, not a stage or a duty/,
  ],
  [
    'vologda',
    'who: curator\n    each: request',
    'who: measure.agency\n    each: request',
    /only "each: measure" and "each: newAgency" have a measure\.agency/,
  ],
  [
    'vologda',
    'direction: in\n',
    'direction: in\n    acts: any\n',
    /unknown key "acts" in duties\.answer; keys of this form: .*direction, term, met/,
  ],
  [
    'vologda',
    'what: { ru: "ответ на запрос", en:',
    'what: { ru: ответ, не позднее срока, en:',
    /put the whole sentence in quotes/,
  ],
  ['vologda', 'what: { ru: "ответ на запрос", en:', 'what: { ru: ответ: срок, en:', /stands in quotes/],
  ['vologda', 'who: curator\n    each: request', 'each: request', /duties\.answer\.who is missing/],
  [
    'kogalym',
    'housingAct: { clause: "4.4, б", what:',
    'housingAct: { clause: "4.4, б", whom: curator, what:',
    /unknown key "whom"/,
  ],
  [
    'kogalym',
    'when: [{ any: [{ fact: supportEnded }',
    'who: chief\n        when: [{ any: [{ fact: supportEnded }',
    /nobody is called "chief"/,
  ],
  [
    'kogalym',
    'when: [{ fact: supportEnded, where: { ground: refusal } }]',
    'when: [{ fact: supportEnded, where: { cause: refusal } }]',
    /supportEnded has no field "cause"/,
  ],
  [
    'kogalym',
    'notYetExecutable:\n  - clause: "1.6, 4.1, 4.2"',
    'notYetExecutable:\n  - point: "1.6, 4.1, 4.2"',
    /unknown key "point"|clause/,
  ],
] as const)('%s: %s', (id, from, to, sentence) => {
  it(`is a fault as "${to.slice(0, 60)}", named by file, line and sentence`, () => {
    const whole = readFileSync(join(folder, `${id}.yaml`), 'utf8');
    expect(whole).toContain(from);
    const line = whole.slice(0, whole.indexOf(from)).split('\n').length;
    const found = faultsOf(whole.replace(from, to));
    expect(found.join('\n')).toMatch(sentence);
    expect(found.every((fault) => /^town\.yaml:\d+: \S/.test(fault))).toBe(true);
    const near = found.map((fault) => Number(fault.split(':')[1])).map((at) => at - line);
    // An anchor is read at each place that repeats it, so the fault may be named there too.
    expect(near.some((distance) => distance >= -4 && distance <= 4)).toBe(true);
  });
});
