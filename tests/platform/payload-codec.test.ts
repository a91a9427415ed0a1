import { randomBytes } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { createPayloadCodec } from '../../platform/temporal/payload-codec.ts';
// @ts-expect-error plain JavaScript, as the SDK loads it
import { failureConverter } from '../../platform/temporal/failure-converter.mjs';

const payload = (text: string): Payload => ({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(text)),
});
const first = randomBytes(32);
const second = randomBytes(32);
const textOf = (sealed: Payload | undefined): string => Buffer.from(sealed?.data ?? []).toString('utf8');

describe('payload codec', () => {
  it.each([
    ['short', 'тайное слово'],
    ['long', 'тайное слово '.repeat(500)],
  ])('seals and opens a %s payload', async (_, text) => {
    const codec = createPayloadCodec([first]);
    const sealed = await codec.encode([payload(text)]);
    expect(textOf(sealed[0])).not.toContain('тайное');
    expect(JSON.parse(textOf((await codec.decode(sealed))[0]))).toBe(text);
  });

  it('compresses above 1 KiB', async () => {
    const sealed = await createPayloadCodec([first]).encode([payload('а'.repeat(4000))]);
    expect(sealed[0]?.data?.length).toBeLessThan(300);
  });

  it('never seals the same twice in the same way', async () => {
    const [a, b] = await createPayloadCodec([first]).encode([payload('x'), payload('x')]);
    expect(textOf(a)).not.toBe(textOf(b));
  });

  it('opens with an older key, and names the key that is missing', async () => {
    const sealed = await createPayloadCodec([first]).encode([payload('x')]);
    expect(textOf((await createPayloadCodec([second, first]).decode(sealed))[0])).toBe('"x"');
    await expect(createPayloadCodec([second]).decode(sealed)).rejects.toThrow(/is sealed with the key [0-9a-f]{16}/);
  });

  it('refuses a payload that was altered', async () => {
    const codec = createPayloadCodec([first]);
    const sealed = await codec.encode([payload('x')]);
    const data = sealed[0]?.data as Uint8Array;
    data[data.length - 20] = (data[data.length - 20] as number) ^ 1;
    await expect(codec.decode(sealed)).rejects.toThrow();
  });

  it('leaves alone what it did not seal', async () => {
    expect(textOf((await createPayloadCodec([first]).decode([payload('plain')]))[0])).toBe('"plain"');
  });
});

describe('failure converter', () => {
  it("keeps messages and stacks out of the engine's sight", () => {
    const converter = failureConverter as {
      errorToFailure(
        error: unknown,
        payloads: unknown,
      ): { message?: string; stackTrace?: string; encodedAttributes?: object };
    };
    const toPayload = (value: unknown) => payload(JSON.stringify(value));
    const failure = converter.errorToFailure(ApplicationFailure.create({ message: 'Иванова, ул. Лесная' }), {
      toPayload,
    });
    expect(failure.message).toBe('Encoded failure');
    expect(failure.stackTrace ?? '').toBe('');
    expect(failure.encodedAttributes).toBeDefined();
  });
});
