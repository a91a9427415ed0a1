import type { Actor } from '../../domain/access/actor.ts';
import type { OtherAction } from '../../domain/access/action.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import type { CaseVisibility } from '../../platform/records/contract.ts';

/** The cases that a list shows to the actor: those in the relations in which the table of access allows him to read. */
export function visibilityOf(actor: Actor, action: OtherAction): CaseVisibility {
  const visibility: CaseVisibility = { all: false };
  for (const relation of relationsAllowing(actor.role, action)) {
    if (relation === 'institution') visibility.all = true;
    if (relation === 'ownCase') visibility.curatorId = actor.staffId;
    if (relation === 'ownBody' && actor.body !== null) visibility.body = actor.body;
    if (relation === 'ownRequest' && actor.agency !== null) visibility.agency = actor.agency;
    if (relation === 'ownDepartment') {
      // A head without a department heads the whole service.
      if (actor.department === null) visibility.all = true;
      else visibility.department = actor.department;
    }
  }
  return visibility;
}
