import { existsSync, readFileSync } from 'node:fs';
import { Fault } from './process.mjs';

/** Every setting of docs/architecture.md that a `.env` file may hold. */
export const settingNames = [
  'PORT',
  'KURATOR_DATA',
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'DATABASE_SYSTEM_URL',
  'DATABASE_AUTH_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'KURATOR_KEY',
  'SMTP_URL',
  'MAIL_FROM',
  'KURATOR_MAILBOX',
  'PUBLIC_URL',
  'BETTER_AUTH_SECRET',
  'LOG_LEVEL',
];

/** Edits that turn one word into the other. */
const distance = (a, b) => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length];
};

const unquote = (value) => {
  const quote = /^["']/.exec(value)?.[0];
  if (!quote) return { value: value.replace(/\s+#.*$/, '').trim() };
  const end = value.indexOf(quote, 1);
  if (end < 0) return { fault: `the quote ${quote} is not closed` };
  const rest = value.slice(end + 1).trim();
  if (rest && !rest.startsWith('#')) return { fault: `"${rest}" stands after the closing quote` };
  return { value: value.slice(1, end) };
};

/**
 * Reads a `.env` file: `NAME=value` a line, `#` comments, quotes around a value that holds spaces.
 * @param {string} file
 * @param {string} shown how sentences call the file
 * @returns {{ values: Record<string, string>, lines: Record<string, number> }} empty when there is no file
 */
export const readEnvFile = (file, shown = file) => {
  const values = {};
  const lines = {};
  if (!existsSync(file)) return { values, lines };
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(`${shown} cannot be read (${error.code}): allow your user to read it, or remove it.`);
  }
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const fail = (what) => {
      throw new Fault(`${shown}, line ${index + 1}: ${what}.`);
    };
    const match = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$/.exec(line);
    // The line itself is not repeated: it may hold a secret.
    if (!match) fail('this is no setting, write NAME=value, or begin the line with # if it is a remark');
    const [, name, written] = match;
    const { value, fault } = unquote(written);
    if (fault) fail(`${name}: ${fault}`);
    if (name in values) fail(`${name} was set in line ${lines[name]} already, keep one of the two`);
    const meant = settingNames.find((known) => known !== name && distance(known, name.toUpperCase()) <= 2);
    if (!settingNames.includes(name) && meant) fail(`${name} is no setting; if you mean ${meant}, write so`);
    values[name] = value;
    lines[name] = index + 1;
  }
  return { values, lines };
};
