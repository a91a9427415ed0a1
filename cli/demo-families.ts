import type { Day } from '../domain/calendar/day.ts';
import { eachOf } from '../platform/temporal/each-of.ts';
import { ApiRefusal, signIn, type ApiClient } from './api-client.ts';
import { officeId, type Office } from './demo-office.ts';
import { pastOf, readFamilies, withDays, type DemoFamily } from './demo-stories.ts';

export interface DemoFamilies {
  /** Names of the families that stand as the stories say. */
  made: string[];
  /** What the product did not take, one sentence each: the rest of that family is left out. */
  faults: string[];
}

/** How the key of everything begins that the demo does: by it, what people entered is told from the demo's own. */
export const demoKey = 'demo-';

/** Families made at the same time: the API and the engine have two cores to share, more only wait. */
const atOnce = 6;

/**
 * Brings an office's families in through the API: the head adopts each with its past, and what happens now is given
 * command by command. A family that is there already is left as it is, so a second run, or one after a kill halfway,
 * only adds what is missing.
 */
export async function makeDemoFamilies(baseUrl: string, office: Office): Promise<DemoFamilies> {
  const families = (await readFamilies()).filter(({ regulation }) =>
    office.institution.regulations.includes(regulation),
  );
  const head = await signInAs(baseUrl, office, 'head');
  const { today } = await head.get<{ today: Day }>('/me');
  const known = await listCases(head);
  const curators = office.staff.filter(({ role }) => role === 'curator');
  const clients = new Map<string, Promise<ApiClient>>();
  const clientOf = (code: string): Promise<ApiClient> => {
    const client = clients.get(code) ?? signInAs(baseUrl, office, code);
    clients.set(code, client);
    return client;
  };

  const result: DemoFamilies = { made: [], faults: [] };
  const make = async (family: DemoFamily): Promise<void> => {
    const curator = curatorOf(family.place, curators);
    const { name } = family.family;
    try {
      const caseId = known.get(name) ?? (await adopt(head, family, today, officeId(office, `staff/${curator}`)));
      await goOn(caseId, family, { head, curator: () => clientOf(curator) }, today);
      result.made.push(name);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      result.faults.push(`${name} (${family.code}): ${error.message}`);
    }
  };
  await eachOf(families, atOnce, make);
  return result;
}

/** Every third family is the first curator's, whose login people try first; the others share the rest. */
function curatorOf(place: number, [first, ...others]: Office['staff']): string {
  const other = others[Math.floor((place * 2) / 3) % Math.max(others.length, 1)];
  const curator = place % 3 === 0 ? first : (other ?? first);
  if (!curator) throw new Error('the office has no curator');
  return curator.code;
}

async function adopt(head: ApiClient, family: DemoFamily, today: Day, curator: string): Promise<string> {
  const { caseId } = await head.post<{ caseId: string }>(
    '/cases/adopt',
    {
      on: today,
      regulation: family.regulation,
      family: family.family,
      training: family.training,
      facts: pastOf(family, today, curator),
    },
    `${demoKey}${family.code}-adopt`,
  );
  return caseId;
}

interface Clients {
  head: ApiClient;
  curator: () => Promise<ApiClient>;
}

/** What happens now: on the day of the adoption, also when a later run repeats it with the same keys. */
async function goOn(caseId: string, family: DemoFamily, clients: Clients, today: Day): Promise<void> {
  if (family.now.length === 0) return;
  const adoptedOn = (await findEntry(clients.head, caseId, 'caseAdopted'))?.on ?? today;
  for (const [index, step] of family.now.entries()) {
    const { as, ...body } = withDays(step, { openedOn: adoptedOn, today: adoptedOn }) as DemoFamily['now'][number];
    const client = as === 'head' ? clients.head : await clients.curator();
    await client.post(`/cases/${caseId}/commands`, body, `${demoKey}${family.code}-now-${index}`);
  }
}

async function findEntry(head: ApiClient, caseId: string, kind: string): Promise<{ on: Day } | undefined> {
  const { items } = await head.get<{ items: { kind: string; on: Day }[] }>(`/cases/${caseId}/events?limit=200`);
  return items.find((item) => item.kind === kind);
}

/** The ids of the office's cases by the family's name. */
async function listCases(head: ApiClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: { id: string; family: string | null }[]; nextCursor: string | null } = await head.get(
      `/cases?limit=200${query}`,
    );
    for (const { id, family } of page.items) if (family !== null) found.set(family, id);
    cursor = page.nextCursor;
  }
  return found;
}

async function signInAs(baseUrl: string, office: Office, code: string): Promise<ApiClient> {
  const person = office.staff.find((one) => one.code === code);
  if (!person) throw new Error(`the office has no ${code}`);
  return signIn(baseUrl, person.email, office.password);
}
