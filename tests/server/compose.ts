import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ComposeService {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  volumes?: string[];
  networks?: string[];
  profiles?: string[];
  depends_on?: Record<string, { condition: string }>;
  deploy?: { replicas?: number };
  healthcheck?: Record<string, unknown>;
}

export interface Compose {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, unknown>;
  volumes: Record<string, unknown>;
}

/**
 * docker-compose.yml with its variables filled in as Compose does: `${NAME:?sentence}`, `${NAME:-default}`, `$$`.
 * @throws Error with the sentence of a variable that must be set and is not
 */
export function readCompose(variables: Record<string, string> = {}): Compose {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') return interpolate(value, variables);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
  };
  return fill(parseCompose()) as Compose;
}

/** The file as it stands, its anchors and merges resolved. */
export const parseCompose = (): unknown =>
  parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true });

const interpolate = (text: string, variables: Record<string, string>): string =>
  text.replace(
    /\$\$|\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (found: string, name?: string, mark?: string, rest: string = '') => {
      if (name === undefined) return '$';
      const value = variables[name];
      if (value) return value;
      if (mark === '?') throw new Error(`${name}: ${rest}`);
      return mark === '-' ? rest : found;
    },
  );

/** @throws Error when there is no such service */
export function getService(compose: Compose, name: string): ComposeService {
  const service = compose.services[name];
  if (!service) throw new Error(`docker-compose.yml has no service ${name}`);
  return service;
}
