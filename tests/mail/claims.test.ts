import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { beginAttempts, claimDue, findNextAt, leaseMs, releaseLease } from '../../platform/notices/claim-due.ts';
import { queueNewLink } from '../../platform/notices/queue-new-link.ts';
import { loadDirectory, resolveAudience } from '../../platform/notices/resolve-audience.ts';
import { countWaitingMails } from '../../platform/watchdog/waiting-mails.ts';
import { useMail } from '../support/use-mail.ts';
import { makeInstitution, queueNotice } from './office-records.ts';

const now = new Date('2026-03-17T06:00:00Z');

describe('whose turn it is to send, and to whom', () => {
  const { db } = useMail();
  let office: Awaited<ReturnType<typeof makeInstitution>>;

  beforeEach(async () => {
    office = await makeInstitution(db);
  });

  const leaseOf = async (id: string): Promise<Date | null> =>
    (await db.inScope(office, (tx) => tx.notice.findUniqueOrThrow({ where: { id } }))).leaseUntil;

  it('writes to nobody who has left: the curator’s mail goes to the heads', async () => {
    const to = () =>
      db.inScope(office, async (tx) =>
        resolveAudience(await loadDirectory(tx), 'role:curator', office.curatorId).toSorted(),
      );
    expect(await to()).toEqual(['curator@office.example']);
    await db.inScope(office, (tx) => tx.staff.update({ where: { id: office.curatorId }, data: { active: false } }));
    expect(await to()).toEqual(['head@office.example', 'other-head@office.example']);
  });

  it('keeps the lease of a mail that is under way when the rest of its batch is given back', async () => {
    const [gone, kept] = [await queueNotice(db, office), await queueNotice(db, office)];
    await db.inScope(office, async (tx) => {
      expect(await claimDue(tx, { now, limit: 10 })).toHaveLength(2);
      await beginAttempts(tx, new Map([[gone, { to: ['curator@office.example'] }]]), now);
      await releaseLease(tx, [gone, kept]);
    });
    // Without it nobody would ever ask what became of the attempt.
    expect(await leaseOf(gone)).toEqual(new Date(now.getTime() + leaseMs));
    expect(await leaseOf(kept)).toBeNull();
  });

  it('comes back when the lease of an attempt ends whose sender may have died', async () => {
    const id = await queueNotice(db, office);
    const next = await db.inScope(office, async (tx) => {
      await claimDue(tx, { now, limit: 1 });
      await beginAttempts(tx, new Map([[id, { to: ['curator@office.example'] }]]), now);
      return findNextAt(tx);
    });
    expect(next).toEqual(new Date(now.getTime() + leaseMs));
  });

  it('counts the mails that should have gone out, those under way and those put off among them', async () => {
    const id = await queueNotice(db, office);
    await queueNotice(db, office, { at: new Date(now.getTime() - 1) });
    await queueNotice(db, office, { at: new Date(now.getTime() + 1) });
    const count = () => db.inScope(office, (tx) => countWaitingMails(tx, now));
    expect(await count()).toBe(2);
    await db.inScope(office, (tx) =>
      tx.notice.update({ where: { id }, data: { state: 'sending', leaseUntil: new Date(now.getTime() + 1) } }),
    );
    expect(await count()).toBe(2);
    await db.inScope(office, (tx) => tx.notice.update({ where: { id }, data: { state: 'accepted' } }));
    expect(await count()).toBe(1);
    // Whoever asks whether all of it serves asks for every institution.
    expect(await db.inSystemScope((tx) => countWaitingMails(tx, now))).toBeGreaterThanOrEqual(1);
  });

  it('names an organisation only where it is one that is awaited', async () => {
    const duty = (key: string, awaitedKind: string) => ({
      ...{ caseId: office.caseId, institutionId: office.institutionId, key, awaitedKind, awaitedCode: 'school' },
      ...{ rule: 'planApproval', clause: '3.2', state: 'open', scope: 'case', detail: {}, digest: '' },
    });
    await db.inScope(office, async (tx) => {
      await tx.duty.createMany({ data: [duty('planApproval@4', 'body'), duty('measureDone@6#m1', 'agency')] });
    });
    for (const dutyKey of ['planApproval@4', 'measureDone@6#m1']) await queueNotice(db, office, { dutyKey });
    const claimed = await db.inScope(office, (tx) => claimDue(tx, { now, limit: 10 }));
    expect(Object.fromEntries(claimed.map(({ dutyKey, agencyName }) => [dutyKey, agencyName]))).toEqual({
      'planApproval@4': null,
      'measureDone@6#m1': 'Выдуманная школа',
    });
  });

  describe('a new link of a request', () => {
    const keyring = createKeyring([randomBytes(32)]);
    const ask = async (state: string) => {
      const id = randomUUID();
      await db.inScope(office, (tx) =>
        tx.request.create({
          data: {
            ...{ id, institutionId: office.institutionId, caseId: office.caseId, entry: 6, subject: id, state },
            ...{ agencyCode: 'school', kind: 'measure', dueOn: new Date('2026-03-20') },
          },
        }),
      );
      return db.inScope(office, (tx) =>
        queueNewLink(tx, { keyring, now: () => now }, { caseId: office.caseId, requestId: id }),
      );
    };
    const links = () => db.inScope(office, (tx) => tx.notice.findMany({ where: { step: 'newLink' } }));

    it.each(['answered', 'withdrawn'])('is not made where it is %s', async (state) => {
      expect(await ask(state)).toBeUndefined();
      expect(await links()).toEqual([]);
    });

    it('takes the clock of its case: in a training case that is ahead it is mailed at once, and opens on the case’s days', async () => {
      const ahead = 40 * 24 * 60 * 60 * 1000;
      await db.inScope(office, (tx) =>
        tx.case.update({ where: { id: office.caseId }, data: { training: true, clockOffsetMs: ahead } }),
      );
      const link = await ask('sent');
      const [mail] = await links();
      expect(mail).toMatchObject({ sendAt: now, notBefore: new Date(now.getTime() + ahead) });
      expect(mail?.caseDay).toEqual(new Date('2026-04-26'));
      expect(link?.expiresAt.getTime()).toBeGreaterThan(now.getTime() + ahead);
    });
  });
});
