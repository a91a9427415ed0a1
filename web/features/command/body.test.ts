import { describe, expect, it } from 'vitest';
import { bodyOf, faultsOf } from './body.ts';
import { commandForms, dayField, noteField } from './forms.ts';

const fieldsOf = (word: string) => [dayField, ...(commandForms[word]?.fields ?? []), noteField];

describe('bodyOf', () => {
  it('leaves out what is blank or hidden and trims what was typed', () => {
    const filled = {
      on: '2026-03-20',
      by: 'commission',
      decision: 'approve',
      resolutionNo: ' 7 ',
      reasons: 'осталось от «отклонить»',
      note: '  ',
    };
    expect(bodyOf(fieldsOf('decidePlan'), filled)).toEqual({
      on: '2026-03-20',
      by: 'commission',
      decision: 'approve',
      resolutionNo: '7',
    });
  });

  it('numbers the measures and drops a row nobody filled', () => {
    const measures = [
      { what: 'Осмотр ', agency: 'clinic', responsible: 'педиатр', dueOn: '2026-06-01' },
      { what: '', agency: 'school', responsible: '', dueOn: '' },
      { what: 'Кружок', agency: 'school', responsible: '', dueOn: '' },
    ];
    expect(
      bodyOf(fieldsOf('draftPlan'), { on: '2026-03-04', until: '2026-09-02', measures, withFamily: true }),
    ).toEqual({
      on: '2026-03-04',
      until: '2026-09-02',
      withFamily: true,
      measures: [
        { id: 'm1', what: 'Осмотр', agency: 'clinic', responsible: 'педиатр', dueOn: '2026-06-01' },
        { id: 'm2', what: 'Кружок', agency: 'school' },
      ],
    });
  });
});

describe('faultsOf', () => {
  it('asks for what must be there and names a day that is none', () => {
    expect(faultsOf(fieldsOf('decidePlan'), { on: '2026-02-30', by: 'commission', decision: 'reject' })).toEqual({
      on: 'date.notADay',
      reasons: 'form.required',
    });
  });

  it('points at the measure with a wrong day', () => {
    const measures = [{ what: 'Осмотр', agency: '', responsible: '', dueOn: 'март' }];
    expect(faultsOf(fieldsOf('draftPlan'), { on: '2026-03-04', until: '2026-09-02', measures })).toEqual({
      'measures.0.dueOn': 'date.notADay',
    });
  });
});
