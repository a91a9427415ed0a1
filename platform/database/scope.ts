import { PrismaPg } from '@prisma/adapter-pg';
import { inScopeOf, ScopedClient, type Scope } from './scoped-client.ts';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import type { Prisma } from './generated/client.ts';

export type { Scope };

/** What a transaction may do: the typed client without the means to open another one. */
export type Tx = Prisma.TransactionClient;

/** The only way to the records. */
export interface Database {
  /** One transaction of the app role: row-level security shows it this institution's rows and no others. */
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads across institutions by the system role, which may see only the columns that find a row's institution. */
  inSystemScope<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseSettings {
  appUrl: string;
  systemUrl: string;
  /** Connections of the app role that this process may hold at once; 10 by default. */
  connections?: number;
}

/** Opens both pools lazily: a database that is down fails the first transaction, not the start. */
export function createDatabase(settings: DatabaseSettings): Database {
  const app = client(settings.appUrl, settings.connections ?? 10, ScopedClient);
  const system = client(settings.systemUrl, 2);
  return {
    inScope(scope, work) {
      return inScopeOf(scope, () => app.$transaction(work, { maxWait: 5_000, timeout: longestTransactionMs }));
    },
    // Without a transaction around it: the role only reads, and one statement is one round trip.
    inSystemScope: (work) => work(system),
    async close() {
      await Promise.all([app.$disconnect(), system.$disconnect()]);
    },
  };
}

/** As long as the engine gives a transaction; after that its case must be free for others. */
const longestTransactionMs = 10_000;

// UTC, whatever the server's own zone: days and instants are read back as they were written. The server's own limits
// free a case's lock also when this process is frozen in the middle of a transaction.
const sessionOptions = `-c TimeZone=UTC -c statement_timeout=${longestTransactionMs} -c idle_in_transaction_session_timeout=${longestTransactionMs}`;

function client(connectionString: string, max: number, Client?: typeof pg.Client): PrismaClient {
  const pool = new pg.Pool({
    ...{ connectionString, max, connectionTimeoutMillis: 5_000, options: sessionOptions },
    ...(Client && { Client }),
  });
  return new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames(), disposeExternalPool: true }),
  });
}

/**
 * Names make the server keep a statement's plan for as long as the connection lives: the transaction's two large
 * statements cost more to plan than to run. Bounded, because each name is kept by every connection.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    // The empty name is the unnamed statement: planned anew, kept by nobody.
    if (known !== undefined || names.size >= 300) return known ?? '';
    const name = `k${names.size}`;
    names.set(sql, name);
    return name;
  };
}
