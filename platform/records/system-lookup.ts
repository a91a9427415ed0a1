import type { Database } from '../database/scope.ts';

/** Thrown when the records know no such row: the caller named something that was never written here. */
export class UnknownRow extends Error {
  override readonly name = 'UnknownRow';
}

/** Where a row belongs: the first thing to know of an id that came through the engine, before its scope can be opened. */
export interface RowPlace {
  institutionId: string;
  caseId: string;
}

/** @throws UnknownRow */
export async function getCommandPlace(db: Database, commandId: string): Promise<RowPlace> {
  const row = await db.inSystemScope((tx) =>
    tx.command.findUnique({ where: { id: commandId }, select: { institutionId: true, caseId: true } }),
  );
  if (row === null) throw new UnknownRow(`no command ${commandId}`);
  return row;
}

/** @throws UnknownRow */
export async function getCasePlace(db: Database, caseId: string): Promise<RowPlace> {
  const row = await db.inSystemScope((tx) =>
    tx.case.findUnique({ where: { id: caseId }, select: { institutionId: true } }),
  );
  if (row === null) throw new UnknownRow(`no case ${caseId}`);
  return { institutionId: row.institutionId, caseId };
}

/** Every institution, for work that goes through all of them one after the other. */
export async function listInstitutionIds(db: Database): Promise<string[]> {
  const rows = await db.inSystemScope((tx) =>
    tx.institution.findMany({ select: { id: true }, orderBy: { createdAt: 'asc' } }),
  );
  return rows.map((row) => row.id);
}
