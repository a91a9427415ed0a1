import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** The institution in whose name everything inside the scope is read and written. */
export interface Scope {
  institutionId: string;
  /**
   * The case whose turn the transaction takes as it begins, held to its end: what it reads is what the turn before it
   * has left. A case that the institution has not got locks nothing.
   */
  turnOf?: string;
  /** It only reads, and all of it as it was at the beginning. Never with a turn: what waits for one must see what it waited for. */
  snapshot?: boolean;
}

/** A scope with the connection of its transaction, while there is one. */
export interface Running {
  scope: Scope;
  connection?: ScopedClient | undefined;
  /** The first fault of a statement that nobody waited for, as the driver says it. */
  fault?: unknown;
}

const current = new AsyncLocalStorage<Running>();

/** Runs `work` so that each transaction it begins is this institution's. */
export function inScopeOf<T>(scope: Scope, work: (running: Running) => Promise<T>): Promise<T> {
  const running: Running = { scope };
  return current.run(running, () => work(running));
}

/**
 * A connection of the app role. No transaction begins on it without an institution, and the institution travels with
 * the `BEGIN`, as does a case's turn: round trips less in each transaction, and no moment without row-level security.
 * Nor is the `BEGIN` waited for: the first statement is answered after it, on the same wire.
 */
export class ScopedClient extends pg.Client {
  private running: Running | undefined;
  private ahead: Promise<unknown>[] = [];

  constructor(config?: pg.ClientConfig) {
    super({ ...config, pipeline: true });
  }

  override query = ((config: unknown, ...rest: unknown[]): unknown => {
    const query = super.query.bind(this) as (...args: unknown[]) => Promise<unknown>;
    const word = textOf(config);
    if (word === 'BEGIN') {
      const running = current.getStore();
      if (running === undefined) throw new Error('a transaction of the app role outside a scope');
      this.running = running;
      this.ahead = [];
      this.sendAhead(this.beginning(running.scope));
      running.connection = this;
      return Promise.resolve({ rows: [], fields: [], rowCount: 0 });
    }
    const { ahead } = this;
    if (word === 'COMMIT' || word === 'ROLLBACK') {
      // Whoever still holds the scope must not reach the connection of somebody else's transaction.
      if (this.running) this.running.connection = undefined;
      this.ahead = [];
      if (word === 'ROLLBACK') return query(config, ...rest);
    }
    // Answers come in order, so the first fault is the one that made the others fail.
    const answer = Promise.all([...ahead, query(config, ...rest)]).then((answers) => answers.at(-1));
    return word === 'COMMIT' ? answer.then(committed) : answer;
  }) as pg.Client['query'];

  /** Sends a statement; a fault of it comes out with what is asked next and with the COMMIT. */
  sendAhead(config: pg.QueryConfig | string): void {
    const answer = super.query(config);
    const { running } = this;
    answer.catch((error: unknown) => {
      if (running) running.fault ??= error;
    });
    this.ahead.push(answer);
  }

  /** One message of several statements takes no parameters, so ids are quoted by the driver. */
  private beginning({ institutionId, turnOf, snapshot }: Scope): string {
    // Third argument true = SET LOCAL: the setting ends with the transaction and never leaks through the pool.
    const mode = snapshot ? ' ISOLATION LEVEL REPEATABLE READ READ ONLY' : '';
    const begin = `BEGIN${mode}; SELECT set_config('kurator.institution_id', ${this.escapeLiteral(institutionId)}, true)`;
    if (turnOf === undefined) return begin;
    // A case's key exists before the case does, so that it locks an opening as well. `NO KEY` leaves other commands of
    // the case free to be accepted meanwhile.
    return `${begin}; SELECT 1 FROM case_keys WHERE case_id = ${this.escapeLiteral(turnOf)}::uuid FOR NO KEY UPDATE`;
  }
}

/**
 * PostgreSQL answers the COMMIT of a transaction in which a statement failed with ROLLBACK and no error: whoever
 * swallowed that statement's fault would tell of something as done that is nowhere.
 */
function committed(answer: unknown): unknown {
  if ((answer as pg.QueryResult | undefined)?.command !== 'COMMIT')
    throw new Error('not committed: a statement of the transaction had failed');
  return answer;
}

function textOf(config: unknown): unknown {
  if (typeof config === 'object' && config !== null && 'text' in config) return config.text;
  return config;
}
