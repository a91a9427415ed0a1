import type { z } from 'zod';
import { Problem } from './problem.ts';

const problem = { description: 'Refused', content: { 'application/problem+json': { schema: Problem } } } as const;
const failure = { description: 'Failed', content: { 'application/problem+json': { schema: Problem } } } as const;

/** The answers of a route: its own, and problem+json for every 4xx and 5xx. */
export const answers = <Own extends Record<number, z.ZodType>>(own: Own) =>
  ({ ...own, '4xx': problem, '5xx': failure }) as const;
