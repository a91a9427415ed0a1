import { describe, expect, it } from 'vitest';
import type { CaseView, EventView } from '../../lib/shapes.ts';
import { againstClauses, detailsOf } from './entry-details.ts';

const kase = {
  agencies: [],
  people: [],
  family: null,
  regulation: { id: 'example', version: 1, title: { ru: 'Пример положения', en: 'A regulation' } },
} as unknown as CaseView;

const entry = (seq: number, kind: string, data: Record<string, unknown>): EventView =>
  ({ seq, kind, data, texts: {}, on: '2026-03-02' }) as unknown as EventView;

const words: Record<string, string> = { 'part.from': 'с', 'part.to': 'по' };
const word = (group: string, code: string): string => words[`${group}.${code}`] ?? code;

describe('what an entry says', () => {
  it('names the regulation and the days of a contract, and shows no bookkeeping', () => {
    const opened = entry(1, 'caseOpened', {
      regulation: 'example',
      socialContract: { to: '2026-08-01', from: '2026-02-01' },
      against: [{ entry: 2, clause: '4.1' }],
    });
    expect(detailsOf(opened, kase, [], word).map(([, said]) => said)).toEqual([
      'Пример положения',
      'с 01.02.2026 по 01.08.2026',
    ]);
  });

  it('says why support ended, and which request an answer is to', () => {
    words['endGround.goalsReached'] = 'Цели достигнуты';
    const ended = entry(4, 'supportEnded', { ground: 'goalsReached' });
    expect(detailsOf(ended, kase, [], word)).toEqual([['ground', 'Цели достигнуты']]);
    const answered = entry(5, 'answerRegistered', { to: 'В-7' });
    expect(detailsOf(answered, kase, [], word)).toEqual([['toRequest', 'В-7']]);
  });

  it('says of an answer to a plan that was sent that it was taken note of, not that it was carried out', () => {
    Object.assign(words, { 'answer.done': 'Исполнено', 'answer.doneAcknowledge': 'План получен' });
    const log = [
      { ...entry(9, 'planSent', {}), root: 9 },
      { ...entry(11, 'measureGiven', {}), root: 11 },
    ];
    const said = (asking: number) =>
      detailsOf(entry(12, 'requestAnswered', { entry: asking, answer: 'done' }), kase, log, word);
    expect(said(9)).toContainEqual(['answer', 'План получен']);
    expect(said(11)).toContainEqual(['answer', 'Исполнено']);
  });

  it('tells which entries of an adopted past a clause stands against', () => {
    const signed = entry(2, 'agreementSigned', {});
    const adopted = entry(3, 'caseAdopted', { against: [{ entry: 2, clause: '4.1' }] });
    expect(againstClauses(adopted, [adopted, signed])).toEqual([{ seq: 2, clause: '4.1', kind: 'agreementSigned' }]);
    expect(againstClauses(signed, [adopted, signed])).toEqual([]);
  });
});
