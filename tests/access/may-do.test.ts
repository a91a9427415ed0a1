import { expect, it } from 'vitest';
import { mayDoInAny, relationsAllowing } from '../../domain/access/may-do.ts';
import type { Relation } from '../../domain/access/relation.ts';

const held = (...relations: Relation[]): ReadonlySet<Relation> => new Set(relations);

it('whoever stands in several relations may do what any of them allows, whichever comes first', () => {
  expect(mayDoInAny('curator', 'recordVisit', held('institution', 'ownCase'))).toEqual({ allowed: true });
  expect(mayDoInAny('curator', 'recordVisit', held('ownCase', 'institution'))).toEqual({ allowed: true });
});

it('whoever stands in none that allows it is told who may', () => {
  expect(mayDoInAny('curator', 'recordVisit', held('institution'))).toEqual({
    ...{ allowed: false, code: 'access.denied', whoMay: ['curator', 'head'] },
  });
  expect(mayDoInAny('curator', 'recordVisit', held())).toMatchObject({ allowed: false });
});

it('a list is narrowed to the relations in which the role may look, to none where it may not', () => {
  expect(relationsAllowing('curator', 'recordVisit')).toEqual(['ownCase']);
  expect(relationsAllowing('agencyOfficer', 'recordVisit')).toEqual([]);
});
