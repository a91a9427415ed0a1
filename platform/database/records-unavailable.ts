import { SessionsUnavailable } from '../auth/find-actor.ts';

/**
 * What PostgreSQL answers by when it cannot serve now, whoever asks (its manual, appendix A): classes 08 (connection),
 * 53 (disk, memory and connections used up), 57 (operator, a statement that took too long) and 58 (the system beneath it),
 * a transaction cut for its idleness, a lost race for a lock, a database that is not there.
 */
const notNow = /^(?:08|53|57|58)\w{3}$|^(?:25P03|40001|40P01|55P03|3D000)$/;

/** Codes by which Prisma and Node say that the database cannot be reached or has not answered in its time. */
const unreachable = new Set([
  ...['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'],
]);

const isCode = (one: unknown): boolean => typeof one === 'string' && (notNow.test(one) || unreachable.has(one));

/** How the driver names a connection that broke under a statement written by hand: Prisma calls that "raw query failed". */
const kinds = new Set(['ConnectionClosed', 'DatabaseNotReachable', 'SocketTimeout']);

interface Fault {
  code?: unknown;
  /** What Prisma keeps of the server's own words. */
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown; kind?: unknown } } };
}

/** Whether an error, or what caused it, means that the records cannot be reached or used now; the same request may be repeated. */
export function isRecordsUnavailable(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    if (at instanceof SessionsUnavailable) return true;
    const { code, meta } = at as Fault;
    const driver = meta?.driverAdapterError?.cause;
    if (typeof driver?.kind === 'string' && kinds.has(driver.kind)) return true;
    if (isCode(code) || isCode(driver?.originalCode)) return true;
    if (/timeout exceeded when trying to connect|Connection terminated/i.test(at.message)) return true;
  }
  return false;
}
