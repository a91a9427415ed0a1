import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { SealBroken } from '../../platform/crypto/sealing.ts';
import { canonicalJson } from '../../platform/records/canonical-json.ts';

describe('a case’s key', () => {
  const secret = randomBytes(32);
  const { wrapped, key } = createKeyring([secret]).createCaseKey('case-1');

  it('opens what it sealed, at the place it was sealed for, and only whole', () => {
    const sealed = key.seal('families/case-1', { name: 'Ёлкины' });
    expect(key.open('families/case-1', sealed)).toEqual({ name: 'Ёлкины' });
    expect(sealed.includes(Buffer.from('Ёлкины'))).toBe(false);
    expect(() => key.open('families/case-2', sealed)).toThrow(SealBroken);
    const touched = Buffer.from(sealed);
    touched[touched.length - 1] = (touched.at(-1) ?? 0) ^ 1;
    expect(() => key.open('families/case-1', touched)).toThrow(SealBroken);
    expect(() => key.open('families/case-1', sealed.subarray(0, 10))).toThrow(SealBroken);
    expect(key.seal('families/case-1', { name: 'Ёлкины' })).not.toEqual(sealed);
  });

  it('is found again after the installation’s key was rotated, and not without the old one', () => {
    const next = randomBytes(32);
    const sealed = key.seal('x', 'y');
    expect(createKeyring([next, secret]).unwrapCaseKey('case-1', wrapped).open('x', sealed)).toBe('y');
    expect(() => createKeyring([next]).unwrapCaseKey('case-1', wrapped)).toThrow(SealBroken);
    expect(() => createKeyring([secret]).unwrapCaseKey('case-2', wrapped)).toThrow(SealBroken);
    expect(() => createKeyring([Buffer.alloc(16)])).toThrow(/32 bytes/);
  });

  it('hashes a text so that nobody without it can tell which', () => {
    expect(key.mac('Иванова')).toBe(key.mac('Иванова'));
    expect(createKeyring([secret]).createCaseKey('case-1').key.mac('Иванова')).not.toBe(key.mac('Иванова'));
  });
});

describe('canonical JSON', () => {
  it('is one spelling whatever the order of keys, and knows no undefined', () => {
    expect(canonicalJson({ b: [1, null, { z: true, a: 'ё' }], a: undefined })).toBe(
      '{"b":[1,null,{"a":"ё","z":true}]}',
    );
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError);
    expect(() => canonicalJson(1n)).toThrow(TypeError);
  });
});
