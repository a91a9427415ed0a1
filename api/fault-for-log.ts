/** What a log may say of a fault: what it is and where it arose. */
export interface LoggedFault {
  name: string;
  code?: string;
  message?: string;
  stack: string[];
  cause?: LoggedFault;
}

const deepest = 4;

/**
 * A fault for the log. Messages of the database and of its client quote the values of a query, which may be what a
 * person typed, so of those only the name, the code and the place are kept.
 */
export function faultForLog(error: unknown, depth = 0): LoggedFault {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(typeof code === 'string' && { code }),
    ...(!quotesValues(error) && { message: error.message }),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(error.cause !== undefined && depth < deepest && { cause: faultForLog(error.cause, depth + 1) }),
  };
}

/** Prisma's errors, its drivers' and PostgreSQL's own; five letters and digits are an SQLSTATE, which marks the last ones. */
function quotesValues(error: Error & { code?: unknown }): boolean {
  const sqlState = typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code);
  return sqlState || error.name === 'ZodError' || /^(Prisma|DriverAdapter|DatabaseError)/.test(error.name);
}
