/**
 * How an actor stands to what he acts on. One actor may stand in several relations to one case.
 * `ownEntryToday` exists for corrections: the entry is the actor's own, made today on the case's clock.
 * `ownRequest`: the case has asked the actor's agency. `institution`: it belongs to the actor's institution.
 */
export const relations = ['ownCase', 'ownEntryToday', 'ownDepartment', 'ownBody', 'ownRequest', 'institution'] as const;
export type Relation = (typeof relations)[number];
