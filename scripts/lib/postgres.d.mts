export interface RunningPostgres {
  /** The superuser's URL of the database. */
  url: string;
  port: number;
  pid: number;
  version: string;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

export function startPostgres(options: {
  dataDir: string;
  port?: number | undefined;
  /** Made if it is missing; by default `postgres`. */
  database?: string;
  fast?: boolean;
  settings?: string[];
  log?: (line: string, level?: 'debug') => void;
}): Promise<RunningPostgres>;
