import { parseCommand, type Parsed } from '../../domain/commands/catalog.ts';
import type { CaseClock } from './case-clock.ts';
import type { NewCommand } from './contract.ts';
import type { LoadedCase } from './load-case.ts';

/**
 * The domain's command from a stored body. What the process says of a request names it by its row; the domain knows it
 * by its entry and subject, and the day is the case's own.
 */
export function toDomainCommand(body: NewCommand['body'], loaded: LoadedCase, clock: CaseClock): Parsed {
  if (body.command !== 'requestSent' && body.command !== 'requestFailed') return parseCommand(body);
  const request = loaded.requests.find(({ id }) => id === body['requestId']);
  return parseCommand({
    command: body.command,
    on: clock.today,
    entry: request?.entry ?? null,
    subject: request?.subject ?? null,
    ...(body.command === 'requestFailed' ? { code: body['code'] } : {}),
  });
}
