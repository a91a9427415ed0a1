import { SessionsUnavailable } from '../platform/auth/find-actor.ts';

/** Codes by which Prisma, its driver and PostgreSQL say that the database could not be reached, is going down, or did not answer in its time. */
const codes = new Set([
  ...['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'],
  ...[
    '40001',
    '40P01',
    '55P03',
    '57014',
    '57P01',
    '57P02',
    '57P03',
    '53300',
    '3D000',
    '08000',
    '08001',
    '08003',
    '08004',
    '08006',
  ],
]);

/** Whether an error, or what caused it, means that the records cannot be reached now. */
export function isRecordsUnavailable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (at instanceof SessionsUnavailable) return true;
    const { code, meta } = at as { code?: unknown; meta?: { driverAdapterError?: unknown } };
    if (typeof code === 'string' && codes.has(code)) return true;
    // A raw query's fault has Prisma's own code and says the server's in its message.
    if (codes.has(/Code: `(\w+)`/.exec(at.message)?.[1] ?? '')) return true;
    if (
      /connection (timeout|terminated)|timeout exceeded when trying to connect|Connection terminated|the database system is (starting up|shutting down)/i.test(
        at.message,
      )
    ) {
      return true;
    }
    if (meta?.driverAdapterError instanceof Error && isRecordsUnavailable(meta.driverAdapterError)) return true;
  }
  return false;
}
