import { describe, expect, it } from 'vitest';
import { requestsOf } from '../../../domain/agencies/requests.ts';
import { duties } from '../../../domain/case/duties.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { calendar, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

const at = (asOf: string) => ({ asOf, horizon: '2028-01-01', zone });

describe('what agencies were asked', () => {
  const state = performAll(
    opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' }),
  );
  const of = (one: CaseState) =>
    requestsOf(one, duties(one, file, calendar, at('2026-01-20'))).map(
      ({ entry, subject, kind, dueOn, state: now, words }) => ({ entry, subject, kind, dueOn, now, words }),
    );

  it('one for each agency that the plan is sent to, one for each measure given', () => {
    const given = perform(state, { on: '2026-01-16', command: 'giveMeasure', agency: 'school', measure: 'm1' }).state;
    expect(of(given)).toEqual([
      { entry: 9, subject: 'school', kind: 'acknowledgePlan', dueOn: '2026-01-20', now: 'open', words: null },
      { entry: 9, subject: 'clinic', kind: 'acknowledgePlan', dueOn: '2026-01-20', now: 'open', words: null },
      {
        entry: 10,
        subject: 'm1',
        kind: 'measure',
        dueOn: '2027-01-15',
        now: 'open',
        words: { seq: 6, path: 'measures.0.what' },
      },
    ]);
    const done = perform(given, { on: '2026-01-19', command: 'recordResult', measure: 'm1', by: 'school' }).state;
    expect(of(done).map(({ now }) => now)).toEqual(['open', 'open', 'answered']);
  });

  it('annulled with their entry, kept through its correction, withdrawn at the end of support', () => {
    const annulled = perform(state, {
      on: '2026-01-16',
      command: 'annulEntry',
      entry: 9,
      reason: 'sent by mistake',
    }).state;
    expect(of(annulled).map(({ subject, now }) => `${subject} ${now}`)).toEqual([
      'school withdrawn',
      'clinic withdrawn',
    ]);
    const corrected = perform(state, {
      on: '2026-01-16',
      command: 'correctEntry',
      entry: 9,
      reason: 'not the clinic',
      replacement: { command: 'sendPlan', on: '2026-01-16', to: ['school'] },
    }).state;
    expect(of(corrected).map(({ entry, subject, now }) => `${entry} ${subject} ${now}`)).toEqual([
      '9 school open',
      '9 clinic withdrawn',
    ]);
    expect(of(corrected).map(({ dueOn }) => dueOn)).toEqual(['2026-01-21', null]);
    const ended = perform(state, { on: '2026-01-16', command: 'endSupport', ground: 'refusal' }).state;
    expect(of(ended).map(({ now }) => now)).toEqual(['withdrawn', 'withdrawn']);
  });

  it('one that is no request: an agency that a family allows to be involved is asked nothing by that', () => {
    const allowed = perform(state, {
      on: '2026-01-16',
      command: 'giveConsent',
      kind: 'agencyInvolvement',
      agency: 'police',
    });
    expect(allowed.decision.accepted).toBe(true);
    expect(of(allowed.state).map(({ subject }) => subject)).toEqual(['school', 'clinic']);
  });

  it("a measure's own day and words go before those of the plan", () => {
    const given = perform(state, {
      ...{ on: '2026-01-16', command: 'giveMeasure', agency: 'school', measure: 'm1' },
      ...{ what: 'lessons twice a week', dueOn: '2026-05-15' },
    }).state;
    expect(of(given).at(-1)).toMatchObject({ subject: 'm1', dueOn: '2026-05-15', words: { seq: 10, path: 'what' } });
  });

  it('a measure of the plan that counts on the day of asking, with the words it had then', () => {
    const measures = [{ what: 'speech therapy', agency: 'school', responsible: 'y', dueOn: '2026-09-01' }];
    const replanned = [
      { on: '2026-01-17', command: 'draftPlan', until: '2026-09-01', measures },
      { on: '2026-01-19', command: 'decidePlan', by: 'workingGroup', decision: 'approve' },
      { on: '2026-01-19', command: 'giveMeasure', agency: 'school', measure: 'm1' },
    ].reduce((now, input) => perform(now, input).state, state);
    expect(of(replanned).at(-1)).toMatchObject({ dueOn: '2026-09-01', words: { seq: 10, path: 'measures.0.what' } });
    // Entered later, it is still of the plan of its own day.
    const late = { on: '2026-01-16', command: 'giveMeasure', agency: 'school', measure: 'm1' };
    const before = perform(replanned, late, '2026-01-20').state;
    expect(of(before).find(({ entry }) => entry === 13)).toMatchObject({
      ...{ dueOn: '2027-01-15', words: { seq: 6, path: 'measures.0.what' } },
    });
  });

  it('a result answers what was asked before it, not what is asked after it on the same day', () => {
    const result = { on: '2026-01-16', command: 'recordResult', measure: 'm1', by: 'school' };
    const give = { on: '2026-01-16', command: 'giveMeasure', agency: 'school', measure: 'm1' };
    const last = (inputs: readonly Input[]) =>
      of(inputs.reduce((now, input) => perform(now, input).state, state)).find(({ kind }) => kind === 'measure')?.now;
    expect(last([give, result])).toBe('answered');
    expect(last([result, give])).toBe('open');
    expect(last([result, { ...give, on: '2026-01-19' }])).toBe('open');
  });

  it('a result of a measure acknowledges the measure, never the plan that was sent with it', () => {
    const done = perform(state, { on: '2026-01-19', command: 'recordResult', measure: 'm1', by: 'school' }).state;
    expect(of(done).map(({ kind, now }) => `${kind} ${now}`)).toEqual(['acknowledgePlan open', 'acknowledgePlan open']);
  });

  it('a result from before the asking answers nothing, though it was entered after it', () => {
    const give = { on: '2026-01-16', command: 'giveMeasure', agency: 'school', measure: 'm1' };
    const given = perform(state, give).state;
    const late = { on: '2026-01-15', command: 'recordResult', measure: 'm1', by: 'school' };
    const { state: after, decision } = perform(given, late, '2026-01-16');
    expect(decision.accepted).toBe(true);
    expect(of(after).map(({ kind, now }) => `${kind} ${now}`)).toContain('measure open');
  });

  it('any answer acknowledges a plan; a mail that was sent, or brought otherwise, is none', () => {
    const states = (one: CaseState) => of(one).map(({ subject, now }) => `${subject} ${now}`);
    const asked = { entry: 9, subject: 'clinic' };
    const mailed = [
      { on: '2026-01-15', command: 'requestSent', ...asked },
      { on: '2026-01-16', command: 'requestFailed', code: 'SMTP-550', ...asked },
      { on: '2026-01-16', command: 'recordDelivery', how: 'phone', ...asked },
    ].reduce((now, input) => perform(now, input).state, state);
    expect(mailed.seq).toBe(state.seq + 3);
    expect(states(mailed)).toEqual(['school open', 'clinic open']);
    const answer = { on: '2026-01-16', command: 'answerRequest', answer: 'needTime', text: 'later', ...asked };
    expect(states(perform(state, answer).state)).toEqual(['school open', 'clinic answered']);
  });

  it('each sending is a request of its own: an answer to the one leaves the other open', () => {
    const send = { on: '2026-01-16', command: 'sendPlan', to: ['school', 'clinic'] };
    const answer = { on: '2026-01-16', command: 'answerRequest', entry: 9, subject: 'school', answer: 'done' };
    const again = [{ ...answer, text: 'seen' }, send].reduce((now, input) => perform(now, input).state, state);
    const states = (one: CaseState) => of(one).map(({ entry, subject, now }) => `${entry} ${subject} ${now}`);
    expect(states(again)).toEqual(['9 school answered', '9 clinic open', '11 school open', '11 clinic open']);
    const annulled = perform(again, { on: '2026-01-16', command: 'annulEntry', entry: 9, reason: 'twice' }).state;
    expect(states(annulled)).toEqual(['11 school open', '11 clinic open', '9 school withdrawn', '9 clinic withdrawn']);
  });

  it('needing time or being unable leaves a measure open', () => {
    const given = perform(state, {
      on: '2026-01-16',
      command: 'giveMeasure',
      agency: 'police',
      what: 'a talk',
      dueOn: '2026-02-02',
    }).state;
    for (const answer of ['needTime', 'cannot']) {
      const answered = perform(given, {
        on: '2026-01-17',
        command: 'answerRequest',
        entry: 10,
        subject: 'g10',
        answer,
        text: 'not yet',
      }).state;
      expect(of(answered).at(-1)).toMatchObject({
        subject: 'g10',
        now: 'open',
        dueOn: '2026-02-02',
        words: { seq: 10, path: 'what' },
      });
    }
  });

  it('whose mail failed awaits delivery by other means: no mail sent before or failing again is that', () => {
    const asked = { entry: 9, subject: 'clinic' };
    const failed = [
      { on: '2026-01-15', command: 'requestSent', ...asked },
      { on: '2026-01-16', command: 'requestFailed', code: 'SMTP-550', ...asked },
      { on: '2026-01-19', command: 'requestFailed', code: 'SMTP-550', ...asked },
    ].reduce((now, input) => perform(now, input).state, state);
    const delivery = (one: CaseState) =>
      duties(one, file, calendar, at('2026-01-20')).find(({ rule }) => rule === 'delivery');
    expect(delivery(failed)).toMatchObject({ state: 'open', metOn: null, awaited: { kind: 'role', code: 'curator' } });
    const brought = perform(failed, { on: '2026-01-20', command: 'recordDelivery', how: 'phone', ...asked }).state;
    expect(delivery(brought)).toMatchObject({ state: 'met', metOn: '2026-01-20' });
  });
});
