import { findSchemathesis, installSchemathesis } from '../lib/schemathesis.mjs';

/** The program that tries the API with thousands of requests made from its own document. */
export const schemathesis = {
  name: 'Schemathesis, which tries the API',
  lasts: 'up to a minute, once for this user',
  modes: ['verify'],
  isDone: async () => Boolean(findSchemathesis()),
  async run({ log }) {
    await installSchemathesis(log);
  },
};
