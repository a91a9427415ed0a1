import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaseVisibility, Page } from '../../platform/records/contract.ts';
import { BadCursor } from '../../platform/records/cursor.ts';
import { findCaseAccess } from '../../platform/records/case-access.ts';
import { findCase, findEntryAuthor, listCases } from '../../platform/records/read-cases.ts';
import { listDuties, readLateByCurator } from '../../platform/records/read-duties.ts';
import { listNotices } from '../../platform/records/read-notices.ts';
import { listRequests } from '../../platform/records/read-requests.ts';
import { listTimeline } from '../../platform/records/read-timeline.ts';
import type { Tx } from '../../platform/database/scope.ts';
import { createTestOffice, giveCommand, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();
const cases: string[] = [];

/** Seven families: the first three of one curator, three of the other, the last still of nobody; all but two have signed. */
beforeAll(async () => {
  for (let n = 0; n < 7; n++) {
    const curator = n < 3 ? office.curatorId : office.otherCuratorId;
    const actor = { kind: 'user' as const, id: curator };
    const opening = {
      family: { name: n === 4 ? 'Ёлкины' : `Семья ${n}`, address: null, members: [] },
      training: true,
      regulation: null,
    };
    const day = `2026-03-0${n + 1}`;
    const { caseId } = await giveCommand(records.deps, {
      ...office,
      actor,
      opening,
      body: { command: 'openCase', on: day, ground: 'application' },
    });
    cases.push(caseId);
    const give = (body: { command: string } & Record<string, unknown>) =>
      giveCommand(records.deps, { ...office, caseId, actor, body });
    if (n < 6) await give({ command: 'assignCurator', on: day, curator });
    if (n < 5) await give({ command: 'signAgreement', on: day });
    if (n === 1) await give({ command: 'advanceTo', to: '2026-05-01' });
  }
});

const within = <T>(read: (tx: Tx) => Promise<T>): Promise<T> => records.db.inScope(office, read);
const all: CaseVisibility = { all: true };

async function pages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[][]> {
  const found: T[][] = [];
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor);
    found.push(page.items);
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

describe('the list of cases', () => {
  const list = (visibility: CaseVisibility, filter: Partial<Parameters<typeof listCases>[3]> = {}) =>
    within((tx) => listCases(tx, records.keyring, visibility, { limit: 50, ...filter }));

  it('pages through all of them once, soonest due first and those with nothing due last', async () => {
    const found = await pages((cursor) => list(all, { limit: 3, cursor }));
    expect(found.map((page) => page.length)).toEqual([3, 3, 1]);
    const days = found.flat().map(({ nextDueOn }) => nextDueOn);
    expect(days).toEqual([...days.filter((day) => day !== null).sort(), null, null]);
    expect(new Set(found.flat().map(({ id }) => id))).toEqual(new Set(cases));
  });

  it('shows what each viewer may see', async () => {
    const seen = async (visibility: CaseVisibility) =>
      (await list(visibility)).items.map(({ id }) => cases.indexOf(id)).sort();
    expect(await seen({ all: false })).toEqual([]);
    expect(await seen({ all: false, curatorId: office.curatorId })).toEqual([0, 1, 2]);
    // His own three, and the one that he opened and nobody has yet.
    expect(await seen({ all: false, curatorId: office.otherCuratorId })).toEqual([3, 4, 5, 6]);
    expect(await seen({ all: false, body: 'commission' })).toEqual([0, 1, 2, 3, 4]);
    expect(await seen({ all: false, agency: 'school' })).toEqual([]);
  });

  it('shows cases of a department that nobody heads to every head, in lists, figures and rights alike, until it has one', async () => {
    const [south, north] = ['south', 'north'].map((department) => ({ all: false, department }));
    await within((tx) =>
      tx.staff.updateMany({ where: { id: office.curatorId }, data: { department: 'north', role: 'curator' } }),
    );
    const head = (department: string | null) =>
      within(async (tx) => {
        const id = randomUUID();
        await tx.staff.create({
          data: {
            ...{ id, name: 'Заведующая', email: `${id}@kurator.test`, role: 'head', department },
            institutionId: office.institutionId,
          },
        });
        return id;
      });
    const setActive = (id: string, active: boolean) =>
      within((tx) => tx.staff.updateMany({ where: { id }, data: { active } }));
    const figures = async () =>
      (await within((tx) => readLateByCurator(tx, south as CaseVisibility, '2026-03-20'))).some(
        ({ curator }) => curator?.id === office.curatorId,
      );
    const sees = async () => {
      const listed = (await list(south as CaseVisibility)).items.some(({ id }) => id === cases[0]);
      const access = await within((tx) => findCaseAccess(tx, cases[0] ?? ''));
      expect(access?.curatorHeaded).toBe(!listed);
      expect(await figures()).toBe(listed);
      return listed;
    };
    const other = await head('south');
    expect(await sees()).toBe(true);
    const own = await head('north');
    expect(await sees()).toBe(false);
    await setActive(own, false);
    expect(await sees()).toBe(true);
    // Whoever heads the whole service has them before his eyes anyhow.
    const whole = await head(null);
    expect(await sees()).toBe(false);
    expect((await list(north as CaseVisibility)).items.some(({ id }) => id === cases[0])).toBe(true);
    for (const id of [other, own, whole]) await setActive(id, false);
    await within((tx) => tx.staff.updateMany({ where: { id: office.curatorId }, data: { department: null } }));
  });

  it('finds by part of a number or of a name, in any case, over pages', async () => {
    expect((await list(all, { q: 'ёлк' })).items.map(({ family }) => family)).toEqual(['Ёлкины']);
    expect((await list(all, { q: '-0003' })).items.map(({ number }) => number)).toEqual(['2026-0003']);
    expect((await pages((cursor) => list(all, { q: 'семья', limit: 2, cursor }))).map((page) => page.length)).toEqual([
      2, 2, 2,
    ]);
    expect((await list(all, { q: '%' })).items).toEqual([]);
  });

  it('tells late ones from the others, and what is next', async () => {
    const late = (await list(all, { late: true })).items;
    expect(late.map(({ id, late: count }) => [cases.indexOf(id), count])).toEqual([[1, 1]]);
    expect(late[0]?.nextDuty).toMatchObject({
      key: 'planApproval@3',
      clause: '2.1',
      awaited: { kind: 'body', code: 'commission' },
    });
    expect((await list(all, { late: false })).items).toHaveLength(6);
  });

  it('refuses a cursor that it did not give', async () => {
    await expect(list(all, { cursor: 'x' })).rejects.toThrow(BadCursor);
  });
});

describe('duties of all cases', () => {
  it('are paged soonest first, and filtered by day, state and who is awaited', async () => {
    const list = (filter: Partial<Parameters<typeof listDuties>[3]>) =>
      within((tx) => listDuties(tx, records.keyring, all, { limit: 50, ...filter }));
    const found = (await pages((cursor) => list({ limit: 2, cursor }))).flat();
    expect(found).toHaveLength(5);
    expect(found.map(({ dueOn }) => dueOn)).toEqual(found.map(({ dueOn }) => dueOn).sort());
    expect((await list({ states: ['overdue'] })).items.map((duty) => [duty.case?.number, duty.curator?.id])).toEqual([
      ['2026-0002', office.curatorId],
    ]);
    expect((await list({ from: '2026-03-23', to: '2026-03-23' })).items.map((duty) => duty.case?.number)).toEqual([
      '2026-0001',
      '2026-0002',
      '2026-0003',
    ]);
    expect((await list({ awaited: 'curator' })).items).toEqual([]);
  });

  it('are counted late and soon by curator', async () => {
    expect(await within((tx) => readLateByCurator(tx, all, '2026-03-20'))).toEqual([
      { curator: { id: office.curatorId, name: 'Куратор 1' }, cases: 3, late: 1, soon: 2 },
      { curator: { id: office.otherCuratorId, name: 'Куратор 2' }, cases: 3, late: 0, soon: 2 },
      { curator: null, cases: 1, late: 0, soon: 0 },
    ]);
  });
});

describe('one case', () => {
  it('has its timeline newest first, with who did it and what was taken out', async () => {
    const caseId = cases[0] ?? '';
    const actor = { kind: 'user' as const, id: office.curatorId };
    const give = (body: { command: string } & Record<string, unknown>) =>
      giveCommand(records.deps, { ...office, caseId, actor, body });
    await give({ command: 'recordVisit', on: '2026-03-01', kind: 'home', note: 'Дома тепло' });
    await give({ command: 'annulEntry', on: '2026-03-01', entry: 4, reason: 'не та семья' });
    const found = (
      await pages((cursor) => within((tx) => listTimeline(tx, records.keyring, caseId, { limit: 2, cursor })))
    ).flat();
    expect(found.map(({ seq, kind, annulledBy }) => [seq, kind, annulledBy])).toEqual([
      [5, 'entryAnnulled', null],
      [4, 'visitRecorded', 5],
      [3, 'agreementSigned', null],
      [2, 'curatorAssigned', null],
      [1, 'caseOpened', null],
    ]);
    expect(found[1]).toMatchObject({
      by: { kind: 'user', id: office.curatorId, name: 'Куратор 1' },
      texts: { note: 'Дома тепло' },
      recordedOn: '2026-03-01',
    });
    expect(await within((tx) => findEntryAuthor(tx, caseId, 4))).toEqual({
      actorKind: 'user',
      actorId: office.curatorId,
      recordedOn: '2026-03-01',
    });
  });

  it('has its notices by the case’s clock, latest first', async () => {
    const found = (
      await pages((cursor) => within((tx) => listNotices(tx, cases[1] ?? '', { limit: 2, cursor })))
    ).flat();
    expect(found).toHaveLength(6);
    expect(found.map(({ notBefore }) => notBefore)).toEqual(
      found
        .map(({ notBefore }) => notBefore)
        .sort()
        .reverse(),
    );
    expect(new Set(found.map(({ id }) => id)).size).toBe(6);
  });

  it('has its requests with their words opened', async () => {
    const caseId = cases[2] ?? '';
    const actor = { kind: 'user' as const, id: office.curatorId };
    await giveCommand(records.deps, {
      ...office,
      caseId,
      actor,
      body: { command: 'giveMeasure', on: '2026-03-03', agency: 'clinic', what: 'Осмотр', dueOn: '2026-03-20' },
    });
    const [request] = await within((tx) => listRequests(tx, records.keyring, caseId));
    expect(request).toMatchObject({
      agency: { code: 'clinic' },
      kind: 'measure',
      what: 'Осмотр',
      dueOn: '2026-03-20',
      state: 'queued',
      answer: null,
    });
    expect(await within((tx) => listRequests(tx, records.keyring, caseId, 'school'))).toEqual([]);
    expect((await within((tx) => findCaseAccess(tx, caseId)))?.agencies).toEqual(['clinic']);
  });

  it('is nobody else’s: another institution finds nothing', async () => {
    const other = await createTestOffice(records.db);
    const read = <T>(work: (tx: Tx) => Promise<T>) => records.db.inScope(other, work);
    const caseId = cases[0] ?? '';
    expect(await read((tx) => findCase(tx, records.keyring, caseId))).toBeUndefined();
    expect(await read((tx) => findCaseAccess(tx, caseId))).toBeUndefined();
    expect((await read((tx) => listTimeline(tx, records.keyring, caseId, { limit: 9 }))).items).toEqual([]);
    expect(await read((tx) => listRequests(tx, records.keyring, caseId))).toEqual([]);
    expect((await read((tx) => listCases(tx, records.keyring, all, { limit: 9 }))).items).toEqual([]);
  });
});
