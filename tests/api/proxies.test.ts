import { describe, expect, it } from 'vitest';
import { openDoor } from './support/door.ts';

/** What the application takes for the client's address, asked by a neighbour at 127.0.0.1. */
async function addressSeen(trustedProxies: string[], forwardedFor: string): Promise<string> {
  const app = await openDoor({ trustedProxies });
  app.get('/address', { config: { access: { over: 'public' } } }, (request) => ({ address: request.ip }));
  const answer = await app.inject({ method: 'GET', url: '/address', headers: { 'x-forwarded-for': forwardedFor } });
  await app.close();
  return answer.json<{ address: string }>().address;
}

describe('the client’s address', () => {
  it('is the connection’s own, whatever it says of itself', async () => {
    expect(await addressSeen([], '203.0.113.7')).toBe('127.0.0.1');
    expect(await addressSeen(['10.0.0.0/8'], '203.0.113.7')).toBe('127.0.0.1');
  });

  it('is what a trusted proxy says, and not what was said to that proxy', async () => {
    expect(await addressSeen(['127.0.0.0/8'], '203.0.113.7')).toBe('203.0.113.7');
    expect(await addressSeen(['127.0.0.0/8', '10.0.0.5'], '198.51.100.1, 203.0.113.7, 10.0.0.5')).toBe('203.0.113.7');
  });
});
