/**
 * Who may import what: the table of the house. `types` allows `import type` only.
 * A folder that is not a key here is a failing test, so a new room must be put into the table first.
 */
export interface Row {
  values: readonly string[];
  types?: readonly string[];
  /** Vendor packages; `*` allows any. Node's own modules count as `node:`. */
  packages: readonly string[];
}

export const importTable: Record<string, Row> = {
  domain: { values: ['domain'], packages: ['zod'] },
  workflows: {
    values: ['workflows'],
    types: ['domain', 'activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: { values: ['activities', 'domain', 'platform'], packages: ['*'] },
  platform: {
    values: ['platform', 'domain', 'workflows/messages'],
    types: ['activities', 'workflows'],
    packages: ['*'],
  },
  api: { values: ['api', 'domain', 'platform', 'workflows/messages'], types: ['workflows'], packages: ['*'] },
  worker: { values: ['worker', 'activities', 'platform', 'workflows/messages'], packages: ['*'] },
  web: { values: ['web', 'domain/calendar', 'domain/case'], types: ['domain'], packages: ['*'] },
  cli: { values: ['cli', 'domain', 'platform'], packages: ['*'] },
  bench: { values: ['bench', 'domain', 'platform', 'cli/api-client'], packages: ['*'] },
};

/** Packages that only one room may open. */
export const reserved: Record<string, readonly string[]> = {
  zod: ['domain/commands', 'domain/regulation', 'api', 'platform', 'web', 'cli'],
  '@prisma/client': ['platform/database'],
  'platform/database/generated': ['platform/database'],
};
