import type { Action } from './action.ts';
import type { Relation } from './relation.ts';
import { roles, type Role } from './role.ts';
import { accessTable } from './table.ts';

export type Permission = { allowed: true } | { allowed: false; code: 'access.denied'; whoMay: Role[] };

const denied = (action: Action): Permission => ({
  allowed: false,
  code: 'access.denied',
  whoMay: roles.filter((other) => accessTable[action][other]),
});

/** One cell of the table. */
export function mayDo(role: Role, action: Action, relation: Relation): Permission {
  return accessTable[action][role]?.includes(relation) ? { allowed: true } : denied(action);
}

/** Allowed when any of the relations in which the actor stands allows it. */
export function mayDoInAny(role: Role, action: Action, held: ReadonlySet<Relation>): Permission {
  for (const relation of held) {
    const permission = mayDo(role, action, relation);
    if (permission.allowed) return permission;
  }
  return denied(action);
}

/** The relations in which the role may do it: a list is narrowed to the cases that stand in one of them. */
export const relationsAllowing = (role: Role, action: Action): readonly Relation[] => accessTable[action][role] ?? [];
