import { isIP } from 'node:net';
import { z } from 'zod';
import { readSecretFiles, type Environment } from './secret-files.ts';

/** Every fault of the settings at once, each a sentence that says what is wrong, where, and what to do. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** What a worker needs: it never sees sessions. */
export interface WorkerConfig {
  database: { appUrl: string; systemUrl: string };
  /** `secrets`: 32 bytes each, the current key first, then older ones that may still be read. */
  temporal: { address: string; namespace: string; secrets: readonly [Buffer, ...Buffer[]] };
  mail: { smtpUrl: string; from: string };
  /** Origin used in links, without a trailing slash. */
  publicUrl: string;
  logLevel: z.infer<typeof logLevel>;
}

export interface Config extends WorkerConfig {
  port: number;
  database: WorkerConfig['database'] & { authUrl: string };
  authSecret: string;
  /** Addresses and networks of the reverse proxies whose `X-Forwarded-For` is believed; empty: none stands before it. */
  trustedProxies: readonly string[];
  /** Folder of the mailbox's mails; `null` where there is no mailbox page. */
  mailbox: string | null;
}

export type { Environment };

/** The settings of the api. @throws ConfigError */
export const loadConfig = (env: Environment): Config => read(apiSettings, env);

/** The settings of a worker. @throws ConfigError */
export const loadWorkerConfig = (env: Environment): WorkerConfig => read(workerSettings, env);

/** What the engine's set-up needs. @throws ConfigError */
export const loadEngineConfig = (env: Environment): { address: string; namespace: string } => read(engineSettings, env);

/** The environment with each secret that a file holds (`NAME_FILE`) put in its place. @throws ConfigError */
export function withSecretFiles(env: Environment): Environment {
  const { env: whole, faults } = readSecretFiles(env);
  if (faults.length > 0) throw new ConfigError(faults.map(({ name, words }) => `${name} ${words}.`));
  return whole;
}

const withProtocol = (protocols: string[], example: string) =>
  required(`set it to an address such as ${example}`).refine((value) => hasProtocol(value, protocols), {
    error: ({ input }) => `is "${conceal(input)}": write it as ${example}`,
  });

const required = (advice: string) =>
  z
    .string({ error: `is missing: ${advice}` })
    .refine((value) => value !== '', { error: `is empty: ${advice}`, abort: true });

const postgresUrl = (role: string) =>
  withProtocol(['postgres:', 'postgresql:'], `postgres://${role}:password@host:5432/kurator`);

const keyAdvice = '32 random bytes in base64, for example what "openssl rand -base64 32" prints';

const key = required(`set it to ${keyAdvice}`).transform((value, context): readonly [Buffer, ...Buffer[]] => {
  const keys = value.split(',').map((part) => Buffer.from(part.trim(), 'base64'));
  const wrong = keys.findIndex((bytes) => bytes.length !== 32);
  const [current, ...older] = keys;
  if (wrong < 0 && current) return [current, ...older];
  const which = keys.length > 1 ? `key ${wrong + 1} of ${keys.length}` : 'it';
  context.addIssue(`does not hold a key: ${which} is ${keys[wrong]?.length ?? 0} bytes long, and must be ${keyAdvice}`);
  return z.NEVER;
});

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const logLevel = z.enum(levels, { error: ({ input }) => `is "${String(input)}": use one of ${levels.join(', ')}` });

const port = z
  .string()
  .regex(/^\d+$/, { error: ({ input }) => `is "${String(input)}": use a number from 1 to 65535` })
  .transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, {
    error: ({ input }) => `is ${String(input)}: use a number from 1 to 65535`,
  });

const origin = withProtocol(['http:', 'https:'], 'https://kurator.example.ru')
  .refine((value) => !URL.canParse(value) || new URL(value).pathname === '/', {
    error: ({ input }) => `is "${String(input)}": leave the path away, Kurator serves from the root of its host`,
  })
  .transform((value) => new URL(value).origin);

const mailFrom = required('set it to the address that mails come from, such as kurator@example.ru').refine(
  (value) => /^[^<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(value),
  { error: ({ input }) => `is "${String(input)}": write kurator@example.ru or Kurator <kurator@example.ru>` },
);

const address = required('set it to the engine, such as temporal:7233').regex(/^[^\s/]+:\d+$/, {
  error: ({ input }) => `is "${String(input)}": write host:port without a protocol, such as temporal:7233`,
});

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const widest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && widest > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest));
};

const proxies = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine((parts) => parts.every(isNetwork), {
    error: ({ input }) =>
      `is "${String(input)}": write the addresses or networks of the reverse proxies, such as 10.0.0.5,172.16.0.0/12`,
  });

const engine = {
  TEMPORAL_ADDRESS: address,
  TEMPORAL_NAMESPACE: z.string().min(1, 'is empty: leave it out for "default"').default('default'),
};

const engineSettings = z
  .object(engine)
  .transform((env) => ({ address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE }));

const workerSettings = z
  .object({
    DATABASE_APP_URL: postgresUrl('kurator_app'),
    DATABASE_SYSTEM_URL: postgresUrl('kurator_system'),
    ...engine,
    KURATOR_KEY: key,
    SMTP_URL: withProtocol(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.ru:587'),
    MAIL_FROM: mailFrom,
    PUBLIC_URL: origin,
    LOG_LEVEL: logLevel.default('info'),
  })
  .transform((env): WorkerConfig => ({
    database: { appUrl: env.DATABASE_APP_URL, systemUrl: env.DATABASE_SYSTEM_URL },
    temporal: { address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE, secrets: env.KURATOR_KEY },
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
    publicUrl: env.PUBLIC_URL,
    logLevel: env.LOG_LEVEL,
  }));

const ownSettings = z
  .object({
    PORT: port.default(3000),
    DATABASE_AUTH_URL: postgresUrl('kurator_auth'),
    BETTER_AUTH_SECRET: required('set it to 32 random bytes in base64').refine((value) => value.length >= 32, {
      error: ({ input }) => `is ${String(input).length} characters long: use at least 32, else sessions can be forged`,
    }),
    TRUSTED_PROXIES: proxies,
    KURATOR_MAILBOX: z.string().min(1, 'is empty: leave it out, or name a folder').nullable().default(null),
  })
  .transform((env) => ({
    port: env.PORT,
    authUrl: env.DATABASE_AUTH_URL,
    authSecret: env.BETTER_AUTH_SECRET,
    trustedProxies: env.TRUSTED_PROXIES,
    mailbox: env.KURATOR_MAILBOX,
  }));

const apiSettings = z
  .intersection(workerSettings, ownSettings)
  .transform(({ authUrl, ...config }): Config => ({ ...config, database: { ...config.database, authUrl } }));

const hasProtocol = (value: string, protocols: string[]): boolean =>
  URL.canParse(value) && protocols.includes(new URL(value).protocol) && new URL(value).host !== '';

/** A fault is printed and logged: never with a password in it. */
const conceal = (value: unknown): string => String(value).replace(/:[^:@]*@/g, ':…@');

function read<T>(settings: z.ZodType<T>, env: Environment): T {
  const { env: whole, faults } = readSecretFiles(env);
  const result = settings.safeParse(whole);
  if (result.success && faults.length === 0) return result.data;
  const told = new Set(faults.flatMap(({ name }) => [name, name.replace(/_FILE$/, '')]));
  const others = (result.error?.issues ?? [])
    .map((issue) => ({ name: issue.path.join('.'), words: issue.message }))
    // A file that cannot be read is one fault, not "missing" besides.
    .filter(({ name }) => !told.has(name));
  throw new ConfigError([...faults, ...others].map(({ name, words }) => `${name} ${words}.`));
}
