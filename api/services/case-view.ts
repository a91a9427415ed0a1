import { available } from '../../domain/case/available.ts';
import { mayDoInAny } from '../../domain/access/may-do.ts';
import type { Refusal } from '../../domain/case/decision.ts';
import { stagesSeen } from '../../domain/case/passing-stages.ts';
import { commandsNamedBy } from '../../domain/regulation/commands-named.ts';
import { findCase } from '../../platform/records/read-cases.ts';
import { listAgencies, listStaff } from '../../platform/records/read-directory.ts';
import { findPinnedCase } from '../../platform/records/read-pinned.ts';
import { givenInCase } from '../elsewhere.ts';
import { whoMaySentence } from '../who-may.ts';
import { ApiProblem } from '../problems.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

/** One case by its regulation and its own clock: its stages, and what can be done in it now. */
export function caseViewServices({ records }: Wiring): Pick<Services, 'readCase' | 'readActions'> {
  return {
    readCase: (actor, caseId) =>
      records.db.inSnapshot(actor, async (tx) => {
        const found = await findCase(tx, records.keyring, caseId);
        const pinned = await findPinnedCase(tx, records, caseId);
        if (!found || !pinned) throw new ApiProblem('case.unknown');
        const { familyDetails, institutionId: _, clockOffsetMs: __, ...row } = found;
        return {
          ...row,
          family: familyDetails,
          regulation: { ...found.regulation, title: pinned.regulation.title },
          today: pinned.clock.today,
          stages: stagesSeen(pinned.state, pinned.regulation, records.rules.calendar, pinned.clock.today),
          agencies: (await listAgencies(tx)).map(({ code, name }) => ({ code, name })),
          people: (await listStaff(tx)).map(({ id, name, role }) => ({ id, name, role })),
        };
      }),

    readActions: (actor, caseId, held) =>
      records.db.inSnapshot(actor, async (tx) => {
        const pinned = await findPinnedCase(tx, records, caseId);
        if (!pinned) throw new ApiProblem('case.unknown');
        const { loaded, regulation, clock, state } = pinned;
        const named = commandsNamedBy(regulation);
        const items = available(state, clock, loaded.world, regulation, records.rules.calendar);
        // His own entries of today he may correct; which ones they are is asked when he names one.
        const relations = new Set([...held, 'ownEntryToday' as const]);
        return {
          items: givenInCase.map((command) => {
            const ofLaw = named.has(command);
            const permission = mayDoInAny(actor.role, command, relations);
            if (!permission.allowed) return { command, named: ofLaw, allowed: false, refusal: noRight(permission) };
            const found = items.find((item) => item.command === command);
            return { command, named: ofLaw, allowed: found?.allowed ?? false, refusal: found?.refusal ?? null };
          }),
        };
      }),
  };
}

function noRight(permission: Parameters<typeof whoMaySentence>[0]): Refusal {
  return { code: 'access.denied', clause: null, text: whoMaySentence(permission), missing: [] };
}
