import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';

/** One kept mail, as the list shows it. Addresses are those of the envelope: where it really went. */
export interface MailRow {
  id: string;
  from: string;
  to: string;
  subject: string;
  messageId: string;
  /** ISO 8601. */
  receivedAt: string;
}

interface Envelope {
  from: string;
  to: string[];
}

export interface MailboxStore {
  /** Returns after the mail is on disk: what was answered with 250 survives a kill. */
  keep(source: Buffer, envelope: Envelope): Promise<MailRow>;
}

const indexName = 'index.jsonl';

/** Every row of the index, oldest first. A last line that a kill cut short is left out; its mail is indexed at the next start. */
export function readIndex(dir: string): MailRow[] {
  const file = path.join(dir, indexName);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => parseRow(line) ?? []);
}

export const readSource = (dir: string, id: string): Buffer => readFileSync(path.join(dir, `${id}.eml`));

/** Opens the folder for writing: makes it, and indexes the mails whose line a kill prevented. */
export async function openMailboxStore(dir: string): Promise<MailboxStore> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const index = path.join(dir, indexName);
  const append = (row: MailRow): void => appendWhole(index, `${JSON.stringify(row)}\n`);
  if (existsSync(index) && !/(^|\n)$/.test(readFileSync(index, 'utf8'))) appendWhole(index, '\n');
  const known = new Set(readIndex(dir).map((row) => row.id));
  for (const name of readdirSync(dir).toSorted()) {
    const id = name.endsWith('.eml') ? name.slice(0, -'.eml'.length) : undefined;
    if (!id || known.has(id)) continue;
    const source = readSource(dir, id);
    append(await describe(id, source, undefined, statSync(path.join(dir, name)).mtime));
  }
  return {
    async keep(source, envelope) {
      const receivedAt = new Date();
      const id = `${receivedAt.toISOString().replace(/\D/g, '')}-${randomBytes(4).toString('hex')}`;
      const row = await describe(id, source, envelope, receivedAt);
      const file = path.join(dir, `${id}.eml`);
      try {
        writeDurably(`${file}.part`, source);
        renameSync(`${file}.part`, file);
        append(row);
      } catch (error) {
        // The sender is told that it was not taken, and sends it again: it must not be there twice.
        for (const rest of [file, `${file}.part`]) rmSync(rest, { force: true });
        throw error;
      }
      return row;
    },
  };
}

async function describe(
  id: string,
  source: Buffer,
  envelope: Envelope | undefined,
  receivedAt: Date,
): Promise<MailRow> {
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true });
  const headerTo = [mail.to ?? []].flat().map((address) => address.text);
  return {
    id,
    from: envelope?.from ?? mail.from?.text ?? '',
    to: (envelope?.to ?? headerTo).join(', '),
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    receivedAt: receivedAt.toISOString(),
  };
}

function parseRow(line: string): MailRow | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as MailRow;
  } catch {
    return undefined;
  }
}

/** The whole of it or an error: a disk that fills up takes a part of what it is given and says nothing (write(2)). */
function writeDurably(file: string, content: Buffer): void {
  const handle = openSync(file, 'w', 0o600);
  try {
    writeFileSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A line that is there by half would swallow the next one. */
function appendWhole(file: string, line: string): void {
  const handle = openSync(file, 'a', 0o600);
  const { size } = fstatSync(handle);
  try {
    writeFileSync(handle, line);
    fsyncSync(handle);
  } catch (error) {
    ftruncateSync(handle, size);
    throw error;
  } finally {
    closeSync(handle);
  }
}
