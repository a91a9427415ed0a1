import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface WorkerProcessOptions {
  engine: { address: string; namespace: string };
  database: { appUrl: string; systemUrl: string };
  secret: Buffer;
  smtpUrl: string;
  publicUrl: string;
  env?: Record<string, string>;
}

export interface WorkerProcess {
  pid: number;
  stop(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
}

/** Starts `worker/main.ts` as the product does, and waits until it works. */
export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DATABASE_APP_URL: options.database.appUrl,
      DATABASE_SYSTEM_URL: options.database.systemUrl,
      TEMPORAL_ADDRESS: options.engine.address,
      TEMPORAL_NAMESPACE: options.engine.namespace,
      KURATOR_KEY: options.secret.toString('base64'),
      SMTP_URL: options.smtpUrl,
      MAIL_FROM: 'Kurator <kurator@office.example>',
      PUBLIC_URL: options.publicUrl,
      LOG_LEVEL: 'info',
      ...options.env,
    },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let said = '';
  const working = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000);
      if (said.includes('"msg":"working"')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    void ended.then(() => reject(new Error(`The worker ended before it worked:\n${said}`)));
  });
  await working;
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return { pid: child.pid as number, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
