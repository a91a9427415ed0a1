import { getPostgresBinaries, choosePostgresUser } from '../lib/postgres-binaries.mjs';
import { findTemporalBinary, getTemporalBinary } from '../lib/temporal-binary.mjs';

const brings =
  (variable) =>
  ({ mode }) =>
    mode === 'start' && Boolean(process.env[variable]);

/** PostgreSQL from npm, its libraries linked, tried once. */
export const postgres = {
  name: 'PostgreSQL',
  lasts: 'a second',
  isDone: brings('DATABASE_URL'),
  quiet: true,
  async run({ root }) {
    getPostgresBinaries(choosePostgresUser(root));
  },
};

/** The engine's program. */
export const temporal = {
  name: 'the engine (Temporal)',
  lasts: 'seconds if it can be downloaded, else about 3 minutes, once for this user',
  isDone: async (context) => brings('TEMPORAL_ADDRESS')(context) || Boolean(await findTemporalBinary()),
  async run({ log }) {
    await getTemporalBinary(log);
  },
};
