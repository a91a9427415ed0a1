import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const wire = proto.temporal.api.common.v1.Payload;
const encoding = Buffer.from('binary/kurator-sealed');
const compressAbove = 1024;
const nonceBytes = 12;
const tagBytes = 16;

interface SealKey {
  id: string;
  key: Buffer;
}

/** A key of its own for this purpose: the same secret also wraps the cases' keys and must not serve twice. */
function sealKey(secret: Buffer): SealKey {
  if (secret.length !== 32) throw new Error(`KURATOR_KEY must be 32 bytes in base64; it has ${secret.length}.`);
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'kurator/temporal-payload/1', 32));
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

/**
 * Seals what travels through the engine: AES-256-GCM, the key's id in the metadata (also authenticated), compressed
 * above 1 KiB. Keys after the first only open what was sealed before a change of key.
 * @throws when a payload names a key that is not at hand, or was altered.
 */
export function createPayloadCodec(secrets: readonly [Buffer, ...Buffer[]]): PayloadCodec {
  const keys = secrets.map(sealKey);
  const current = keys[0] as SealKey;
  const byId = new Map(keys.map((entry) => [entry.id, entry.key]));

  function seal(payload: Payload): Payload {
    const plain = Buffer.from(wire.encode(payload).finish());
    const squeezed = plain.length > compressAbove;
    const body = squeezed ? deflateSync(plain) : plain;
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', current.key, nonce);
    cipher.setAAD(Buffer.from(current.id));
    const sealed = Buffer.concat([
      cipher.update(Buffer.concat([Buffer.from([squeezed ? 1 : 0]), body])),
      cipher.final(),
    ]);
    return {
      metadata: { encoding, 'kurator-key': Buffer.from(current.id) },
      data: Buffer.concat([nonce, sealed, cipher.getAuthTag()]),
    };
  }

  function open(payload: Payload): Payload {
    if (!payload.metadata?.encoding || !encoding.equals(payload.metadata.encoding)) return payload;
    const id = Buffer.from(payload.metadata['kurator-key'] ?? []).toString();
    const key = byId.get(id);
    if (!key) throw new Error(`A payload is sealed with the key ${id}, which is not among this process's keys.`);
    const data = Buffer.from(payload.data ?? []);
    const decipher = createDecipheriv('aes-256-gcm', key, data.subarray(0, nonceBytes));
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(data.subarray(-tagBytes));
    const opened = Buffer.concat([decipher.update(data.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    const body = opened.subarray(1);
    return wire.decode(opened[0] === 1 ? inflateSync(body) : body);
  }

  return {
    encode: async (payloads) => payloads.map(seal),
    decode: async (payloads) => payloads.map(open),
  };
}
