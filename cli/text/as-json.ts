import type { Simulated } from '../../domain/case/simulate.ts';
import type { Language } from '../read-scenarios.ts';

/** The stable shape of `simulate --json`: others build on these names. */
export const asJson = ({ duties, stages, rejected, advice }: Simulated, language: Language) => ({
  duties: duties.map((duty) => ({
    id: duty.key,
    what: duty.what[language],
    clause: duty.clause,
    dueOn: duty.dueOn,
    unmovedDueOn: duty.unmovedDueOn,
    awaited: duty.awaited.code,
    state: duty.state,
    metOn: duty.metOn,
    provisional: duty.provisional,
    scope: duty.scope,
    basis: duty.basis,
    remindOn: duty.remindOn,
    escalateOn: duty.escalateOn.map(({ on }) => on),
    why: duty.why.map(({ kind, day, text }) => ({ kind, day, text: text[language] })),
  })),
  stages,
  rejected: rejected.map(({ on, command, refusal }) => ({
    on,
    command,
    code: refusal.code,
    clause: refusal.clause,
    text: refusal.text[language],
    missing: refusal.missing.map((sentence) => sentence[language]),
  })),
  advice: advice.map(({ on, command, advice: one }) => ({
    on,
    command,
    code: one.code,
    clause: one.clause,
    text: one.text[language],
  })),
});
