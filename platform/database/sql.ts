import { Prisma } from './generated/client.ts';

/** Pieces of a raw query with their parameters; never a means to reach the records by itself. */
export const { sql, empty } = Prisma;
