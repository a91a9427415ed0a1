import { expect, it } from 'vitest';
import { blankFamily, familyFaults, familyField, familyOf } from './family.ts';

const person = (id: string, name: string, bornOn = '') => ({ id, name, relation: 'child', bornOn });

it('asks for the name of the family, and of whoever has a birthday', () => {
  const members = [person('p1', 'Вымышленная А.', '2010-02-31'), person('p2', '', '2012-03-01'), person('p3', '')];
  expect(familyFaults({ ...blankFamily, members })).toEqual({
    familyName: 'form.required',
    'members.0.bornOn': 'date.notADay',
    'members.1.name': 'form.required',
  });
  expect(familyFaults({ ...blankFamily, familyName: 'Вымышленные' })).toEqual({});
});

it('sends whoever is named, with texts trimmed and blanks as nothing', () => {
  const members = [person('p1', ' Вымышленная А. ', '2010-02-01'), person('p2', ' '), person('p3', 'Вымышленный Б.')];
  expect(familyOf({ ...blankFamily, familyName: ' Вымышленные ', members })).toEqual({
    name: 'Вымышленные',
    address: null,
    members: [
      { id: 'p1', name: 'Вымышленная А.', relation: 'child', bornOn: '2010-02-01' },
      { id: 'p3', name: 'Вымышленный Б.', relation: 'child', bornOn: null },
    ],
  });
});

it.each([
  ['family.name', 'familyName'],
  ['family.members.0.bornOn', 'members.0.bornOn'],
  ['category', 'category'],
])('leads from %s to the field %s', (path, field) => expect(familyField(path)).toBe(field));
