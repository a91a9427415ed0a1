import type { Database } from '../platform/database/scope.ts';
import { demoKey } from './demo-families.ts';
import { officeId, type Office } from './demo-office.ts';

export interface Foreign {
  /** Names of institutions that are none of the demo's: their families may be real. */
  institutions: string[];
  /** Families that people have entered in the demo's offices. */
  families: number;
}

/** What the records hold besides the demo, so that resetting it takes nobody's work for a game. */
export async function readForeign(db: Database, offices: readonly Office[]): Promise<Foreign> {
  const own = offices.map((office) => officeId(office, 'institution'));
  const others = await db.inSystemScope((tx) =>
    tx.institution.findMany({ where: { id: { notIn: own } }, select: { name: true }, orderBy: { name: 'asc' } }),
  );
  const counts = await Promise.all(
    own.map((institutionId) =>
      db.inScope({ institutionId }, (tx) =>
        tx.command.count({
          where: {
            word: { in: ['openCase', 'adoptCase'] },
            state: 'applied',
            NOT: { idempotencyKey: { startsWith: demoKey } },
          },
        }),
      ),
    ),
  );
  return { institutions: others.map(({ name }) => name), families: counts.reduce((sum, count) => sum + count, 0) };
}
