import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The address that each password belongs to. */
const passwordOf: Readonly<Record<string, string>> = {
  DATABASE_PASSWORD: 'DATABASE_URL',
  DATABASE_APP_PASSWORD: 'DATABASE_APP_URL',
  DATABASE_SYSTEM_PASSWORD: 'DATABASE_SYSTEM_URL',
  DATABASE_AUTH_PASSWORD: 'DATABASE_AUTH_URL',
  SMTP_PASSWORD: 'SMTP_URL',
};

/** What must not stand in an environment that others can look at (`docker inspect`, `/proc/PID/environ` of a child). */
const secrets = ['KURATOR_KEY', 'BETTER_AUTH_SECRET', ...Object.values(passwordOf), ...Object.keys(passwordOf)];

/** A fault of one setting: its name and the rest of the sentence, without a full stop. */
export interface SettingFault {
  name: string;
  words: string;
}

/**
 * Every secret `NAME` may stand in a file that `NAME_FILE` names (Docker's and Kubernetes' secrets are such files), and
 * the password of an address apart from it. Returns the settings as if they had been set directly.
 */
export function readSecretFiles(env: Environment): { env: Environment; faults: SettingFault[] } {
  const read: Record<string, string | undefined> = { ...env };
  const faults: SettingFault[] = [];
  for (const name of secrets) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] === undefined) {
      const content = readSecret(file);
      if ('words' in content) faults.push({ name: `${name}_FILE`, words: content.words });
      else read[name] = content.text;
    } else faults.push({ name, words: `and ${name}_FILE are both set: leave one of them out` });
  }
  for (const [name, address] of Object.entries(passwordOf)) {
    const [password, url] = [read[name], read[address]];
    // An address that is none is told by its own setting.
    if (password === undefined || url === undefined || !URL.canParse(url)) continue;
    const at = new URL(url);
    if (at.password !== '')
      faults.push({ name, words: `is set, and ${address} holds a password too: leave one of them out` });
    else if (at.username === '')
      faults.push({ name, words: `is set, and ${address} names no user: write it as ${at.protocol}//user@host` });
    at.password = password;
    read[address] = at.href;
  }
  return { env: read, faults };
}

function readSecret(file: string): { text: string } | { words: string } {
  try {
    // An editor ends a file with a line's end; no secret of ours has one.
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    return text === '' ? { words: `names an empty file, ${file}: put the secret into it` } : { text };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { words: `names ${file}, which cannot be read (${code}): check the path and who may read it` };
  }
}
