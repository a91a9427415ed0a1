import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createDatabase } from '../../platform/database/scope.ts';
import type { Database } from '../../platform/database/scope.ts';
import { ensureLink, linkUrl, reissueLink, revokeLinks, verifyLink } from '../../platform/links/links.ts';
import { makeInstitution } from '../mail/office-records.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

describe("an agency's link", () => {
  let database: TestDatabase;
  let db: Database;
  let scope: { institutionId: string; requestId: string; caseNow: Date; expiresAt: Date };
  let caseId: string;
  const keyring = createKeyring([randomBytes(32)]);
  const now = new Date('2026-03-02T09:00:00Z');
  const day = 86_400_000;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDatabase(database);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  beforeEach(async () => {
    const office = await makeInstitution(db);
    caseId = office.caseId;
    const requestId = randomUUID();
    await db.inScope(office, (tx) =>
      tx.request.create({
        data: {
          id: requestId,
          institutionId: office.institutionId,
          caseId,
          entry: 4,
          subject: 'm1',
          agencyCode: 'school',
          kind: 'measure',
          state: 'queued',
        },
      }),
    );
    scope = {
      institutionId: office.institutionId,
      requestId,
      caseNow: now,
      expiresAt: new Date(now.getTime() + 30 * day),
    };
  });

  const ensure = () => db.inScope(scope, (tx) => ensureLink(tx, keyring, scope));
  const reissue = () => db.inScope(scope, (tx) => reissueLink(tx, keyring, scope));
  const stateOf = async (token: string, at = now) => (await verifyLink(db, token, at)).state;

  it('is the same for a repeated mail and a later reminder, and no row holds its token', async () => {
    const { token } = await ensure();
    expect((await ensure()).token).toBe(token);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows = await db.inScope(scope, (tx) => tx.requestLink.findMany());
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(linkUrl('https://kurator.example', token)).toBe(`https://kurator.example/a#${token}`);
  });

  it('is not used up by looking', async () => {
    const { token } = await ensure();
    for (let n = 0; n < 3; n++) expect(await stateOf(token)).toBe('live');
  });

  it('ends with a new one, and with its revocation', async () => {
    const { token } = await ensure();
    const { token: next } = await reissue();
    expect([await stateOf(token), await stateOf(next)]).toEqual(['revoked', 'live']);
    await db.inScope(scope, (tx) => revokeLinks(tx, scope.requestId, now));
    expect(await stateOf(next)).toBe('revoked');
  });

  it("expires by the case's own clock", async () => {
    const { token } = await ensure();
    expect(await stateOf(token, new Date(scope.expiresAt.getTime() - 1))).toBe('live');
    expect(await stateOf(token, scope.expiresAt)).toBe('expired');
    const training = { training: true, clockOffsetMs: BigInt(31 * day) };
    await db.inScope(scope, (tx) => tx.case.update({ where: { id: caseId }, data: training }));
    expect(await stateOf(token, now)).toBe('expired');
  });

  it('a reminder after the old link has expired carries one that opens', async () => {
    const { token } = await ensure();
    const caseNow = scope.expiresAt;
    const later = { ...scope, caseNow, expiresAt: new Date(caseNow.getTime() + 30 * day) };
    const { token: next } = await db.inScope(scope, (tx) => ensureLink(tx, keyring, later));
    expect([await stateOf(token, caseNow), await stateOf(next, caseNow)]).toEqual(['expired', 'live']);
  });

  it('revokes the links of its own request alone, and keeps the moment of the first time', async () => {
    const { token } = await ensure();
    await db.inScope(scope, (tx) => revokeLinks(tx, randomUUID(), now));
    expect(await stateOf(token)).toBe('live');
    const revoke = (at: Date) => db.inScope(scope, (tx) => revokeLinks(tx, scope.requestId, at));
    await revoke(now);
    await revoke(new Date(now.getTime() + day));
    expect(await db.inScope(scope, (tx) => tx.requestLink.findMany())).toMatchObject([{ revokedAt: now }]);
  });

  it('a made-up token says nothing', async () => {
    expect(await verifyLink(db, randomBytes(32).toString('base64url'), now)).toEqual({ state: 'unknown' });
    expect(await verifyLink(db, "' OR 1=1 --", now)).toEqual({ state: 'unknown' });
  });

  it('after a change of the key a new link is made, and the old one still opens', async () => {
    const { token } = await ensure();
    const rotated = createKeyring([randomBytes(32)]);
    const { token: next } = await db.inScope(scope, (tx) => ensureLink(tx, rotated, scope));
    expect(next).not.toBe(token);
    expect([await stateOf(token), await stateOf(next)]).toEqual(['live', 'live']);
  });
});
