import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import type { Family, NewCommand } from '../../platform/records/contract.ts';
import { findCommand } from '../../platform/records/accept-command.ts';
import { findCaseAccess } from '../../platform/records/case-access.ts';
import { previewAdoption, previewCommand } from '../../platform/records/preview.ts';
import type { Family as FamilyBody } from '../schemas/case.ts';
import type { AdoptCaseBody } from '../schemas/command.ts';
import { advance, answerOf, checkInput, perform } from './perform.ts';
import { by, relationsIn } from './who.ts';
import { ownAnswerOf } from './institution.ts';
import { unnamed } from './present.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

type Commanding = Pick<
  Services,
  'openCase' | 'adoptCase' | 'previewAdoption' | 'performCommand' | 'previewCommand' | 'findCommand' | 'advance'
>;

const familyOf = ({ name, address, members }: z.output<typeof FamilyBody>): Family => ({
  name,
  address: address ?? null,
  members: members.map((member) => ({
    ...member,
    relation: member.relation ?? null,
    bornOn: member.bornOn ?? null,
  })),
});

/** The opening in the past has the family's members where it names none. */
function adoptionOf(actor: Actor, body: z.output<typeof AdoptCaseBody>): Omit<NewCommand, 'idempotencyKey'> {
  const { family, training, regulation, facts, ...rest } = body;
  const members = family.members.map(({ id }) => id);
  return {
    institutionId: actor.institutionId,
    caseId: null,
    actor: by(actor),
    expectedSeq: null,
    body: {
      ...rest,
      command: 'adoptCase',
      ...(regulation === undefined ? {} : { regulation }),
      facts: facts.map((fact) => (fact.command === 'openCase' ? { members, ...fact } : fact)),
    },
    opening: { family: familyOf(family), training, regulation: regulation ?? null },
  };
}

/** Commands of people who have signed in. */
export function commandingServices(wiring: Wiring): Commanding {
  const { db } = wiring.records;
  return {
    openCase: ({ actor, idempotencyKey, body: { family, training, regulation, ...body } }) => {
      const command = { members: family.members.map(({ id }) => id), ...body, command: 'openCase' };
      return perform(wiring, {
        institutionId: actor.institutionId,
        caseId: null,
        actor: by(actor),
        idempotencyKey,
        expectedSeq: null,
        body: command,
        opening: { family: familyOf(family), training, regulation: regulation ?? null },
      });
    },

    adoptCase: ({ actor, idempotencyKey, body }) => perform(wiring, { ...adoptionOf(actor, body), idempotencyKey }),

    previewAdoption: async ({ actor, body }) => {
      const adoption = adoptionOf(actor, body);
      checkInput(adoption.body);
      const preview = await db.inSnapshot(actor, (tx) => previewAdoption(tx, wiring.records, adoption));
      const duties = preview.duties.map(unnamed);
      return { ...preview, duties, late: duties.filter(({ state }) => state === 'overdue') };
    },

    performCommand: ({ actor, check, caseId, idempotencyKey, expectedSeq, body }) =>
      perform(
        wiring,
        { institutionId: actor.institutionId, caseId, actor: by(actor), idempotencyKey, expectedSeq, body },
        async (tx, access) => check(access && (await relationsIn(tx, wiring.records, actor, access, body))),
      ),

    previewCommand: async ({ actor, check, caseId, expectedSeq, body }) => {
      const command = { institutionId: actor.institutionId, caseId, actor: by(actor), expectedSeq, body };
      const preview = await db.inSnapshot(actor, async (tx) => {
        const access = await findCaseAccess(tx, caseId);
        check(access && (await relationsIn(tx, wiring.records, actor, access, body)));
        checkInput(body);
        return previewCommand(tx, wiring.records, command);
      });
      // Who may act in a case without reading it (an agency's officer) learns whether he may, and nothing of its duties.
      return relationsAllowing(actor.role, 'readCase').length > 0
        ? {
            ...preview,
            appears: preview.appears.map(unnamed),
            disappears: preview.disappears.map(unnamed),
            meets: preview.meets.map(unnamed),
          }
        : { ...preview, moved: [], appears: [], disappears: [], meets: [] };
    },

    advance: (actor, caseId, to, idempotencyKey) =>
      advance(wiring, {
        institutionId: actor.institutionId,
        ...{ caseId, idempotencyKey, expectedSeq: null },
        actor: by(actor),
        body: { command: 'advanceTo', to },
      }),

    findCommand: (actor, commandId) =>
      db.inSnapshot(actor, async (tx) => {
        const row = await findCommand(tx, commandId);
        if (!row) return undefined;
        const { caseId, command, state, createdAt, closedAt, answer } = row;
        const own = caseId === actor.institutionId;
        const tell = own ? ownAnswerOf : answerOf;
        return {
          ...{ id: row.commandId, caseId: own ? null : caseId, command, state, createdAt, closedAt },
          answer: answer?.accepted ? tell(row, answer) : null,
          refusal: answer?.refusal ?? null,
        };
      }),
  };
}
