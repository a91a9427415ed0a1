import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { open, seal, SealBroken } from './sealing.ts';

/** A case's own key, unwrapped. Everything personal of the case is sealed with it. */
export interface CaseKey {
  /** Seals a JSON value; `place` names the row it belongs to and must be the same when it is opened. */
  seal(place: string, value: unknown): Buffer;
  /** @throws SealBroken */
  open(place: string, sealed: Uint8Array): unknown;
  /** HMAC-SHA-256 of a text, hex: proves a text without showing it, and proves nothing once the key is destroyed. */
  mac(text: string): string;
}

/** The installation's key: wraps the keys of the cases. */
export interface Keyring {
  createCaseKey(caseId: string): { wrapped: Buffer; key: CaseKey };
  /** @throws SealBroken when the installation's key is not the one that wrapped it. */
  unwrapCaseKey(caseId: string, wrapped: Uint8Array): CaseKey;
  /** Keyed hash of anything outside a case (a command's body, a link's token, a mail's id), one sub-key a purpose. */
  mac(purpose: string, text: string): Buffer;
}

/**
 * @param secrets `KURATOR_KEY` decoded, 32 bytes each: the current key first, then older ones that still open what they wrapped.
 * @throws Error when one has another length.
 */
export function createKeyring(secrets: readonly [Buffer, ...Buffer[]]): Keyring {
  const wrong = secrets.find((secret) => secret.length !== 32);
  if (wrong !== undefined) throw new Error(`KURATOR_KEY must be 32 bytes in base64, it is ${wrong.length}`);
  const [secret, ...older] = secrets;
  const wrapping = derive(secret, wrapInfo);
  const unwrapping = [wrapping, ...older.map((old) => derive(old, wrapInfo))];
  const purposes = new Map<string, Buffer>();
  return {
    createCaseKey(caseId) {
      const dataKey = randomBytes(32);
      return { wrapped: seal(wrapping, place(caseId), dataKey), key: caseKey(dataKey) };
    },
    unwrapCaseKey: (caseId, wrapped) => caseKey(openWithAny(unwrapping, place(caseId), wrapped)),
    mac(purpose, text) {
      let key = purposes.get(purpose);
      if (key === undefined) purposes.set(purpose, (key = derive(secret, `mac ${purpose}`)));
      return createHmac('sha256', key).update(text, 'utf8').digest();
    },
  };
}

const wrapInfo = 'wrap case keys';

function openWithAny(keys: readonly Buffer[], where: string, sealed: Uint8Array): Buffer {
  for (const [index, key] of keys.entries()) {
    try {
      return open(key, where, sealed);
    } catch (error) {
      if (!(error instanceof SealBroken) || index === keys.length - 1) throw error;
    }
  }
  throw new SealBroken('no key to open with');
}

const place = (caseId: string): string => `case_keys/${caseId}`;

// One key, one use: sealing and hashing never share a key.
function caseKey(dataKey: Buffer): CaseKey {
  // Derived when first used: most turns use one of the two, and a judgement ahead of its turn often neither.
  let sealing: Buffer | undefined;
  let hashing: Buffer | undefined;
  const sealingKey = (): Buffer => (sealing ??= derive(dataKey, 'seal'));
  const hashingKey = (): Buffer => (hashing ??= derive(dataKey, 'mac'));
  return {
    seal: (where, value) => seal(sealingKey(), where, Buffer.from(JSON.stringify(value), 'utf8')),
    open: (where, sealed) => JSON.parse(open(sealingKey(), where, sealed).toString('utf8')) as unknown,
    mac: (text) => createHmac('sha256', hashingKey()).update(text, 'utf8').digest('hex'),
  };
}

function derive(secret: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `kurator ${info}`, 32));
}
