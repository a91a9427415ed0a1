import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { addDays } from '../domain/calendar/civil.ts';
import type { Day } from '../domain/calendar/day.ts';
import { ApiRefusal, signIn, type ApiClient } from './api-client.ts';
import { officeId, type Office } from './demo-office.ts';

const Families = z.array(
  z.strictObject({
    code: z.string().regex(/^[a-z-]+$/),
    opened: z.number().int().nonnegative(),
    training: z.boolean().default(false),
    family: z.looseObject({ name: z.string() }),
    open: z.record(z.string(), z.unknown()),
    steps: z.array(
      z.looseObject({ on: z.unknown(), as: z.enum(['curator', 'head']).default('curator'), command: z.string() }),
    ),
  }),
);
type Family = z.infer<typeof Families>[number];

export interface DemoFamilies {
  /** Names of the families that stand as the file says. */
  made: string[];
  /** What the product did not take, one sentence each: the rest of that family is left out. */
  faults: string[];
}

/**
 * Opens the demo families through the API, as their curators would. Each command has a fixed key, so a second run, or
 * one after a kill halfway, only adds what is missing.
 */
export async function makeDemoFamilies(baseUrl: string, office: Office): Promise<DemoFamilies> {
  const families = Families.parse(parse(await readFile(new URL('./demo-data/families.yaml', import.meta.url), 'utf8')));
  const head = await signInAs(baseUrl, office, 'head');
  const curators = new Map<string, ApiClient>();
  for (const code of new Set(families.map(curatorOf))) curators.set(code, await signInAs(baseUrl, office, code));

  const result: DemoFamilies = { made: [], faults: [] };
  await Promise.all(
    families.map(async (family) => {
      const curator = curators.get(curatorOf(family));
      if (!curator) throw new Error(`nobody curates ${family.code}`);
      try {
        await makeFamily({ curator, head }, office, family);
        result.made.push(family.family.name);
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        result.faults.push(`${family.family.name}: ${error.message}`);
      }
    }),
  );
  return result;
}

interface Clients {
  curator: ApiClient;
  head: ApiClient;
}

async function makeFamily(clients: Clients, office: Office, family: Family): Promise<void> {
  const key = (step: string): string => `demo-family-${family.code}-${step}`;
  const known = await findCase(clients.head, family.family.name);
  const { today } = await clients.curator.get<{ today: Day }>('/me');
  // Days count from the day the case was opened, so that tomorrow's run repeats today's commands.
  const openedOn = known?.openedOn ?? addDays(today, -family.opened);
  const dated = (value: unknown): unknown => withDays(value, openedOn);
  const opening = { ...(dated(family.open) as object), on: openedOn, family: family.family, training: family.training };
  const caseId = known?.id ?? (await clients.curator.post<{ caseId: string }>('/cases', opening, key('open'))).caseId;
  if (known && (await isWhole(clients.head, known.id, family))) return;
  for (const [index, { as, ...step }] of family.steps.entries()) {
    const body = dated(step) as Record<string, unknown>;
    if (step.command === 'assignCurator') body['curator'] = officeId(office, `staff/${String(body['curator'])}`);
    if (typeof body['entryOf'] === 'string') {
      body['entry'] = await getEntryOf(clients.head, caseId, body['entryOf']);
      delete body['entryOf'];
    }
    await clients[as].post(`/cases/${caseId}/commands`, body, key(String(index)));
  }
}

async function findCase(head: ApiClient, name: string): Promise<{ id: string; openedOn: Day | null } | undefined> {
  const { items } = await head.get<{ items: { id: string; family: string | null }[] }>(
    `/cases?q=${encodeURIComponent(name)}`,
  );
  const found = items.find(({ family }) => family === name);
  return found && head.get<{ id: string; openedOn: Day | null }>(`/cases/${found.id}`);
}

/** Everything that people enter here is there: asked at each start, so it must cost one request a family. */
async function isWhole(head: ApiClient, caseId: string, family: Family): Promise<boolean> {
  const { items } = await head.get<{ items: { by: { kind: string } }[] }>(`/cases/${caseId}/events?limit=200`);
  return items.filter(({ by }) => by.kind === 'user').length > family.steps.length;
}

async function getEntryOf(head: ApiClient, caseId: string, kind: string): Promise<number> {
  const { items } = await head.get<{ items: { seq: number; kind: string }[] }>(`/cases/${caseId}/events?limit=200`);
  const entry = items.find((item) => item.kind === kind);
  if (!entry) throw new Error(`the demo case ${caseId} has no entry ${kind}`);
  return entry.seq;
}

const curatorOf = (family: Family): string => {
  const step = family.steps.find(({ command }) => command === 'assignCurator');
  return typeof step?.['curator'] === 'string' ? step['curator'] : 'curator';
};

async function signInAs(baseUrl: string, office: Office, code: string): Promise<ApiClient> {
  const person = office.staff.find((one) => one.code === code);
  if (!person) throw new Error(`the office has no ${code}`);
  return signIn(baseUrl, person.email, office.password);
}

/** Every `day+n` becomes the day n days after the opening. */
function withDays(value: unknown, openedOn: Day): unknown {
  if (typeof value === 'string') return /^day\+\d+$/.test(value) ? addDays(openedOn, Number(value.slice(4))) : value;
  if (Array.isArray(value)) return value.map((item) => withDays(item, openedOn));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withDays(item, openedOn)]));
  }
  return value;
}
