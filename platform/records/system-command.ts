import type { Standing } from '../../activities/contract.ts';
import { acceptCommand } from './accept-command.ts';
import type { RecordsDeps, SystemCommand } from './contract.ts';
import { runCommand } from './run-command.ts';

/** A command that the process gives itself. `key`: the same outcome is recorded once, however often it is reported. */
export interface SystemCommandInput {
  institutionId: string;
  caseId: string;
  key: string;
  command: SystemCommand;
}

/**
 * Records an outcome of the process on the one path of commands, without the engine: it comes from an activity that
 * the engine runs already. Returns where the case stands after it, also when it was recorded before.
 */
export async function submitSystemCommand(
  deps: RecordsDeps,
  { institutionId, caseId, key, command }: SystemCommandInput,
): Promise<Standing> {
  const { word, ...fields } = command;
  const accepted = await acceptCommand(deps, {
    institutionId,
    caseId,
    actor: { kind: 'system', id: 'process' },
    idempotencyKey: key,
    expectedSeq: null,
    body: { command: word, ...fields },
  });
  if (accepted.outcome !== 'accepted')
    throw new Error(`the outcome ${word} of case ${caseId} cannot be recorded: ${accepted.outcome}`);
  return (await runCommand(deps, { commandId: accepted.commandId, place: { institutionId, caseId } })).standing;
}
