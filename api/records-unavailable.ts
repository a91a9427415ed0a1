import { SessionsUnavailable } from '../platform/auth/find-actor.ts';

/**
 * Codes by which Prisma, Node and PostgreSQL say that the database cannot be reached, is going down, or has not
 * answered in its time. The same request may be repeated.
 */
const codes = new Set([
  ...['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE'],
  // Classes 08 (connection), 53 (resources) and 57 (operator), a transaction cut for its idleness, a lost race for a lock, a database that is not there.
  ...['08000', '08001', '08003', '08004', '08006', '53300', '57014', '57P01', '57P02', '57P03', '57P05', '25P03'],
  ...['40001', '40P01', '55P03', '3D000'],
]);

/** How the driver names a connection that broke under a statement written by hand: Prisma calls that "raw query failed". */
const kinds = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout']);

interface Fault {
  code?: unknown;
  /** What Prisma keeps of the server's own words. */
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
}

/** Whether an error, or what caused it, means that the records cannot be reached now. */
export function isRecordsUnavailable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (at instanceof SessionsUnavailable) return true;
    const { code, meta } = at as Fault;
    const driver = meta?.driverAdapterError?.cause;
    if (typeof driver?.kind === 'string' && kinds.has(driver.kind)) return true;
    const named = [code, driver?.originalCode];
    if (named.some((one) => typeof one === 'string' && codes.has(one))) return true;
    if (/timeout exceeded when trying to connect|Connection terminated/i.test(at.message)) return true;
  }
  return false;
}
