import { expect, it } from 'vitest';
import type { StaffView } from '../../lib/shapes.ts';
import { curatorOptions } from './curators.ts';

const person = (id: string, role: string, active = true) => ({ id, name: `Имя ${id}`, role, active }) as StaffView;
const staff = [person('gone', 'curator', false), person('anna', 'curator'), person('head', 'head')];
const words = { any: 'любой', without: 'нет', left: (name: string) => `${name} (больше не работает)` };
const labels = (chosen?: string) => curatorOptions(staff, chosen, words).map(({ label }) => label);

it('offers those who work here first, and says of the others that they have left', () => {
  expect(labels()).toEqual(['любой', 'нет', 'Имя anna', 'Имя gone (больше не работает)']);
});

it('names whoever the address has chosen, though no curator: a list of his families never looks like everybody’s', () => {
  expect(labels('head')).toContain('Имя head');
  expect(labels('anna').filter((label) => label === 'Имя anna')).toHaveLength(1);
});
