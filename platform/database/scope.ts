import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import type { Prisma } from './generated/client.ts';
import { openPool } from './open-pool.ts';
import { inScopeOf, ScopedClient, type Running, type Scope } from './scoped-client.ts';
import { statementNames } from './statement-names.ts';

export type { Scope };

/** What a transaction may do: the typed client without the means to open another one. */
export type Tx = Prisma.TransactionClient;

/** The only way to the records. */
export interface Database {
  /** One transaction of the app role: row-level security shows it this institution's rows and no others. */
  inScope<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same for what only reads, by the snapshot of its beginning: answers of several statements fit together, whoever
   * commits between them. It writes nothing and takes no lock; PostgreSQL refuses both.
   */
  inSnapshot<T>(scope: Pick<Scope, 'institutionId'>, work: (tx: Tx) => Promise<T>): Promise<T>;
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
  const transact = <T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> =>
    inScopeOf(scope, async (running) => {
      const transaction = app.$transaction(
        (tx) => {
          transactions.set(tx, running);
          return work(tx);
        },
        { maxWait: 5_000, timeout: longestTransactionMs },
      );
      try {
        return await transaction;
      } catch (error) {
        // The typed client would tell of it in its own words, and of the COMMIT instead.
        throw running.fault ?? error;
      }
    });
  return {
    inScope: transact,
    inSnapshot: ({ institutionId }, work) => transact({ institutionId, snapshot: true }, work),
    // Without a transaction around it: the role only reads, and one statement is one round trip.
    inSystemScope: (work) => work(system),
    async close() {
      await Promise.all([app.$disconnect(), system.$disconnect()]);
    },
  };
}

const transactions = new WeakMap<Tx, Running>();
const nameOf = statementNames('s');

/**
 * Asks a statement past the typed client, which costs more than a small statement itself: for the few that every
 * command waits for. Rows are as the driver reads them (bytes, JSON, numbers, texts): select days and instants as text.
 */
export async function ask<Row extends object>(tx: Tx, statement: Prisma.Sql): Promise<Row[]> {
  const { rows } = await getConnection(tx).query<Row>(toQuery(statement));
  return rows;
}

/**
 * Sends a statement whose answer nobody needs and does not wait for it: what comes next, at last the COMMIT, travels
 * right behind. If it fails, the transaction fails.
 */
export function send(tx: Tx, statement: Prisma.Sql): void {
  getConnection(tx).sendAhead(toQuery(statement));
}

function getConnection(tx: Tx): ScopedClient {
  const connection = transactions.get(tx)?.connection;
  if (connection === undefined) throw new Error('a statement outside of a running transaction of the app role');
  return connection;
}

const toQuery = ({ text, values }: Prisma.Sql) => ({ name: nameOf({ sql: text }), text, values });

/** As long as the engine gives a transaction; after that its case must be free for others. */
const longestTransactionMs = 10_000;

// UTC, whatever the server's own zone: days and instants are read back as they were written. The server's own limits
// free a case's lock also when this process is frozen in the middle of a transaction.
const sessionOptions = `-c TimeZone=UTC -c statement_timeout=${longestTransactionMs} -c idle_in_transaction_session_timeout=${longestTransactionMs}`;

function client(connectionString: string, max: number, Client?: typeof pg.Client): PrismaClient {
  const pool = openPool({
    ...{ connectionString, max, connectionTimeoutMillis: 5_000, options: sessionOptions },
    ...(Client && { Client }),
  });
  return new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames('k'), disposeExternalPool: true }),
  });
}
