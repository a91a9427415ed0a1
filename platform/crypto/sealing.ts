import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Thrown when sealed bytes do not open: another key, another place, or tampering. It never says which. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const version = 1;
const ivLength = 12;
const tagLength = 16;
const headLength = 1 + ivLength + tagLength;

/**
 * AES-256-GCM. Layout: version byte, 12 bytes of random IV, 16 bytes of tag, ciphertext.
 * `place` (table, row) is authenticated with it, so that sealed bytes moved to another row do not open.
 */
export function seal(key: Buffer, place: string, plain: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(place, 'utf8'));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), body]);
}

/** @throws SealBroken */
export function open(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes.length < headLength || bytes[0] !== version) throw new SealBroken('not sealed bytes of this version');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + ivLength));
  decipher.setAAD(Buffer.from(place, 'utf8'));
  decipher.setAuthTag(bytes.subarray(1 + ivLength, headLength));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(headLength)), decipher.final()]);
  } catch (error) {
    throw new SealBroken('sealed bytes do not open with this key at this place', { cause: error });
  }
}
