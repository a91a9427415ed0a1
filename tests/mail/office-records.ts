import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/scope.ts';

/** The least of an institution that mails need: people by role, a body's secretary, one agency, one case. */
export async function makeInstitution(db: Database) {
  const institutionId = randomUUID();
  const curatorId = randomUUID();
  const caseId = randomUUID();
  await db.inScope({ institutionId }, async (tx) => {
    await tx.institution.create({
      data: { id: institutionId, name: 'Тестовая служба', zone: 'Europe/Moscow', regulation: 'vologda', hours: {} },
    });
    const person = (id: string, role: string, email: string, more: { body?: string; department?: string } = {}) =>
      tx.staff.create({ data: { id, institutionId, name: `Выдуманный ${role}`, email, role, ...more } });
    await person(curatorId, 'curator', 'curator@office.example', { department: 'one' });
    await person(randomUUID(), 'head', 'head@office.example', { department: 'one' });
    await person(randomUUID(), 'head', 'other-head@office.example', { department: 'two' });
    await person(randomUUID(), 'deputyDirector', 'deputy@office.example');
    await person(randomUUID(), 'secretary', 'commission@office.example', { body: 'commission' });
    await tx.agency.create({
      data: {
        id: randomUUID(),
        institutionId,
        code: 'school',
        name: 'Выдуманная школа',
        email: 'school@agency.example',
      },
    });
    await tx.caseKey.create({ data: { caseId, institutionId, wrapped: Uint8Array.from([1]) } });
    await tx.case.create({
      data: {
        id: caseId,
        institutionId,
        number: '2026-0001',
        regulationId: 'test',
        regulationVersion: 1,
        status: 'open',
        curatorId,
      },
    });
  });
  return { institutionId, caseId, curatorId };
}

/** One more case of the same institution and curator. */
export async function addCase(
  db: Database,
  { institutionId, curatorId }: { institutionId: string; curatorId: string },
) {
  const caseId = randomUUID();
  await db.inScope({ institutionId }, async (tx) => {
    await tx.caseKey.create({ data: { caseId, institutionId, wrapped: Uint8Array.from([1]) } });
    const regulation = { regulationId: 'test', regulationVersion: 1 };
    await tx.case.create({
      data: { id: caseId, institutionId, number: caseId.slice(0, 8), status: 'open', curatorId, ...regulation },
    });
  });
  return { institutionId, caseId };
}

export interface NoticeSeed {
  step?: string;
  audience?: string;
  template?: string;
  at?: Date;
  vars?: object;
  dutyKey?: string;
  caseDay?: string;
}

export async function queueNotice(
  db: Database,
  at: { institutionId: string; caseId: string },
  seed: NoticeSeed = {},
): Promise<string> {
  const id = randomUUID();
  const {
    step = 'remind-5',
    audience = 'role:curator',
    template = 'reminder',
    dutyKey = 'planApproval@4',
    caseDay = '2026-03-17',
  } = seed;
  const moment = seed.at ?? new Date('2026-03-17T06:00:00Z');
  await db.inScope(at, (tx) =>
    tx.notice.create({
      data: {
        id,
        institutionId: at.institutionId,
        caseId: at.caseId,
        key: `${dutyKey}|${step}|2026-03-22|${audience}|${id.slice(0, 8)}`,
        dutyKey,
        step,
        dueOn: new Date('2026-03-22'),
        audience,
        urgency: step.startsWith('remind') ? 'routine' : 'urgent',
        template,
        vars: seed.vars ?? {
          caseNumber: '2026-0001',
          title: { ru: 'План утверждён', en: 'Plan approved' },
          clause: '3.2',
          dueOn: '2026-03-22',
        },
        notBefore: moment,
        sendAt: moment,
        state: 'queued',
        messageId: `<${id}@kurator>`,
        caseDay: new Date(caseDay),
      },
    }),
  );
  return id;
}
