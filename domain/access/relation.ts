/**
 * How an actor stands to what he acts on; one actor may stand in several relations to one case.
 * `ownCase`: its curator, or who opened it while it has none. `ownDepartment`: it belongs to the department he heads,
 * or to one that nobody heads.
 * `ownBody`: something in it is or was awaited from his body. `ownRequest`: it has asked his agency.
 * `ownEntryToday`: for corrections, the entry is his own and was recorded today on the case's clock.
 * `institution`: it belongs to his institution. Whoever stands in none of them has nothing to do with it.
 */
export const relations = ['ownCase', 'ownEntryToday', 'ownDepartment', 'ownBody', 'ownRequest', 'institution'] as const;
export type Relation = (typeof relations)[number];
