import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemoFamilies } from '../../cli/demo-families.ts';
import { readOffice, type Office } from '../../cli/demo-office.ts';
import { seedInstitution } from '../../cli/demo-seed.ts';
import { signIn } from '../../cli/api-client.ts';
import { moveToNoon } from './support/around-noon.ts';
import { openHouse, type House } from './support/house.ts';

let house: House;
let office: Office;
let baseUrl: string;

beforeAll(async () => {
  house = await openHouse({ working: true });
  office = await readOffice();
  const { institutionId } = await seedInstitution({ db: house.db, auth: house.auth }, office);
  await moveToNoon(house, institutionId);
  baseUrl = await house.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => house.close());

interface Row {
  family: string;
  /** `null`: support has ended. */
  stage: string | null;
  late: number;
  training: boolean;
  curator: { name: string };
}

describe('the demo families', () => {
  it('stand in every stage after the first run, and a second one adds nothing', async () => {
    const first = await makeDemoFamilies(baseUrl, office);
    expect(first.faults).toEqual([]);
    const head = await signIn(baseUrl, 'head@demo.example', office.password);
    const list = async () => (await head.get<{ items: Row[] }>('/cases?limit=200')).items;
    const families = await list();
    expect(families).toHaveLength(first.made.length);
    expect(new Set(families.map(({ stage }) => stage))).toEqual(
      new Set(['diagnostic', 'contract', 'activity', 'reflective', 'postSupport', null]),
    );
    expect(families.filter(({ training }) => training)).toHaveLength(1);
    expect(families.some(({ late }) => late > 0)).toBe(true);

    const second = await makeDemoFamilies(baseUrl, office);
    expect(second.faults).toEqual([]);
    expect(await list()).toEqual(families);
  }, 120_000);
});
