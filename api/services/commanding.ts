import type { Actor } from '../../domain/access/actor.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import type { CommandActor } from '../../platform/records/contract.ts';
import { findCommand } from '../../platform/records/accept-command.ts';
import { previewCommand } from '../../platform/records/preview.ts';
import { advance, answerOf, checkInput, perform } from './perform.ts';
import { unnamed } from './present.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

type Commanding = Pick<Services, 'openCase' | 'performCommand' | 'previewCommand' | 'findCommand' | 'advance'>;

const by = (actor: Actor): CommandActor => ({ kind: 'user', id: actor.staffId });

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
        opening: {
          family: {
            name: family.name,
            address: family.address ?? null,
            members: family.members.map(({ id, name, relation, bornOn }) => ({
              id,
              name,
              relation: relation ?? null,
              bornOn: bornOn ?? null,
            })),
          },
          training,
          regulation: regulation ?? null,
        },
      });
    },

    performCommand: ({ actor, caseId, idempotencyKey, expectedSeq, body }) =>
      perform(wiring, {
        institutionId: actor.institutionId,
        caseId,
        actor: by(actor),
        idempotencyKey,
        expectedSeq,
        body,
      }),

    previewCommand: async ({ actor, caseId, expectedSeq, body }) => {
      checkInput(body);
      const command = { institutionId: actor.institutionId, caseId, actor: by(actor), expectedSeq, body };
      const preview = await db.inScope(actor, (tx) => previewCommand(tx, wiring.records, command));
      // Who may act in a case without reading it (an agency's officer) learns whether he may, and nothing of its duties.
      return relationsAllowing(actor.role, 'readCase').length > 0
        ? { ...preview, appears: preview.appears.map(unnamed), disappears: preview.disappears.map(unnamed) }
        : { ...preview, moved: [], appears: [], disappears: [] };
    },

    advance: (actor, caseId, to, idempotencyKey) =>
      advance(wiring, {
        institutionId: actor.institutionId,
        ...{ caseId, idempotencyKey, expectedSeq: null },
        actor: by(actor),
        body: { command: 'advanceTo', to },
      }),

    findCommand: (actor, commandId) =>
      db.inScope(actor, async (tx) => {
        const row = await findCommand(tx, commandId);
        if (!row) return undefined;
        const { caseId, command, state, createdAt, closedAt, answer } = row;
        return {
          ...{ id: row.commandId, caseId, command, state, createdAt, closedAt },
          answer: answer?.accepted ? answerOf(row, answer) : null,
          refusal: answer?.refusal ?? null,
        };
      }),
  };
}
