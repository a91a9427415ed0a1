export interface RunningTemporal {
  address: string;
  external: boolean;
  pid?: number;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

export const searchAttributes: Record<string, 'Keyword' | 'Datetime' | 'Int'>;

export function startTemporal(options: {
  dbFile: string | null;
  external?: string | undefined;
  port?: number | undefined;
  uiPort?: number | undefined;
  namespaces?: string[];
  settings?: Record<string, unknown>;
  log?: (line: string, level?: 'debug') => void;
}): Promise<RunningTemporal>;

/** Dynamic configuration of every engine that Kurator brings. */
export const settings: Readonly<Record<string, unknown>>;
