import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/scope.ts';
import type { NoticeVars } from '../../platform/mail/templates/notice-vars.ts';

interface Herd {
  institutionId: string;
}

export const herdVars: NoticeVars = {
  caseNumber: '2026-0001',
  title: { ru: 'Утвердить межведомственный план сопровождения семьи', en: 'Approve the interagency plan of support' },
  clause: '3.2',
  dueOn: '2026-03-22',
};

/** An institution with as many cases, ended so that nothing else looks at them, and one curator who gets their mails. */
export async function makeHerd(db: Database, size: number): Promise<Herd> {
  const institutionId = randomUUID();
  const curatorId = randomUUID();
  await db.inScope({ institutionId }, async (tx) => {
    const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
    await tx.institution.create({
      data: { id: institutionId, name: 'Замер', zone: 'Europe/Moscow', regulation: 'borovichi', hours },
    });
    await tx.staff.create({
      data: { id: curatorId, institutionId, name: 'Замер', email: 'curator@herd.example', role: 'curator' },
    });
    const ids = Array.from({ length: size }, () => randomUUID());
    await tx.caseKey.createMany({
      data: ids.map((caseId) => ({ caseId, institutionId, wrapped: Uint8Array.from([1]) })),
    });
    await tx.case.createMany({
      data: ids.map((id, n) => ({
        ...{ id, institutionId, curatorId, number: `H-${n}`, status: 'closed' },
        ...{ regulationId: 'borovichi', regulationVersion: 1 },
      })),
    });
  });
  return { institutionId };
}

/** One reminder of each case, all due at the same instant. */
export async function queueHerd(db: Database, { institutionId }: Herd, due: Date): Promise<void> {
  await db.inScope({ institutionId }, async (tx) => {
    const cases = await tx.case.findMany({ select: { id: true } });
    await tx.notice.createMany({
      data: cases.map(({ id: caseId }) => {
        const id = randomUUID();
        return {
          ...{ id, institutionId, caseId, key: `bench|remind-5|2026-03-22|role:curator|${id}` },
          ...{ step: 'remind-5', audience: 'role:curator', urgency: 'routine', template: 'reminder', state: 'queued' },
          ...{ vars: herdVars, notBefore: due, sendAt: due, messageId: `<${id}@bench>` },
        };
      }),
    });
  });
}
