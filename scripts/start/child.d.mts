export interface Child {
  pid: number | undefined;
  errors: { text(): string };
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  listening: Promise<'listening'>;
  stop(): Promise<void>;
}

export function startChild(options: {
  root: string;
  script: string;
  name: string;
  env: Record<string, string>;
  data: { path(...names: string[]): string };
}): Child;

export function openLog(file: string): (chunk: string | Buffer) => void;
