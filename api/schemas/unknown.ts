import { z } from 'zod';

export const UnknownLaws = z
  .array(z.string())
  .describe(
    'laws by which the institution reports and of which this server has no file: their reports are missing here',
  );

/** What keeps a list of cases or of their duties from being whole. */
export const Unknown = z.object({
  unknownLaws: UnknownLaws,
  unreckoned: z
    .array(z.object({ regulation: z.string(), cases: z.array(z.string()).describe('their numbers') }))
    .describe(
      'live cases I may see that go by a law (`id@version`) of which this server has no file: of them what was last reckoned is shown',
    ),
});
