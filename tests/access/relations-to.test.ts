import { describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/access/actor.ts';
import { relationsTo, type CaseTies } from '../../domain/access/relations-to.ts';
import type { Role } from '../../domain/access/role.ts';

const actor = (role: Role, more: Partial<Actor> = {}): Actor => ({
  staffId: 'me',
  institutionId: 'ours',
  role,
  body: null,
  department: null,
  agency: null,
  ...more,
});

const ties = (more: Partial<CaseTies> = {}): CaseTies => ({
  institutionId: 'ours',
  curatorId: 'other',
  curatorDepartment: 'north',
  curatorHeaded: true,
  curatorLeft: false,
  openedBy: 'other',
  bodies: new Set(),
  agencies: new Set(),
  ...more,
});

const held = (...args: Parameters<typeof relationsTo>): string[] => [...relationsTo(...args)].sort();

describe('how somebody stands to a case', () => {
  it('is nothing in another institution, whatever else fits', () => {
    expect(held(actor('curator'), ties({ institutionId: 'theirs', curatorId: 'me' }))).toEqual([]);
  });

  it('is own for the curator, and for who opened it only while it has none', () => {
    expect(held(actor('curator'), ties({ curatorId: 'me' }))).toEqual(['institution', 'ownCase']);
    expect(held(actor('curator'), ties({ curatorId: null, openedBy: 'me' }))).toEqual(['institution', 'ownCase']);
    expect(held(actor('curator'), ties({ openedBy: 'me' }))).toEqual(['institution']);
  });

  it('is of the department for its head, for the head of the whole service, and while nobody curates', () => {
    expect(held(actor('head', { department: 'north' }), ties())).toContain('ownDepartment');
    expect(held(actor('head', { department: 'south' }), ties())).toEqual(['institution']);
    expect(held(actor('head', { department: 'south' }), ties({ curatorId: null }))).toContain('ownDepartment');
    expect(held(actor('head', { department: 'south' }), ties({ curatorLeft: true }))).toContain('ownDepartment');
    expect(held(actor('head'), ties())).toContain('ownDepartment');
    expect(held(actor('curator', { department: 'north' }), ties())).toEqual(['institution']);
  });

  it('is of every head while nobody heads the department of its curator, and of no curator for that', () => {
    const headless = ties({ curatorHeaded: false });
    expect(held(actor('head', { department: 'south' }), headless)).toContain('ownDepartment');
    expect(held(actor('curator', { department: 'south' }), headless)).toEqual(['institution']);
    const elsewhere = ties({ curatorHeaded: false, institutionId: 'theirs' });
    expect(held(actor('head', { department: 'south' }), elsewhere)).toEqual([]);
  });

  it('is of the body whose act it awaits, and a command of another body is not', () => {
    const secretary = actor('secretary', { body: 'commission' });
    const awaiting = ties({ bodies: new Set(['commission', 'workingGroup']) });
    expect(held(secretary, awaiting)).toEqual(['institution', 'ownBody']);
    expect(held(secretary, awaiting, { body: 'commission' })).toContain('ownBody');
    expect(held(secretary, awaiting, { body: 'workingGroup' })).toEqual(['institution']);
    expect(held(secretary, ties())).toEqual(['institution']);
  });

  it('is of the agency that was asked', () => {
    expect(held(actor('agencyOfficer', { agency: 'school' }), ties({ agencies: new Set(['school']) }))).toContain(
      'ownRequest',
    );
    expect(held(actor('agencyOfficer', { agency: 'clinic' }), ties({ agencies: new Set(['school']) }))).toEqual([
      'institution',
    ]);
  });

  it('is of the agency that was asked for that alone which it was asked', () => {
    const officer = actor('agencyOfficer', { agency: 'school' });
    const asked = ties({ agencies: new Set(['school', 'clinic']) });
    expect(held(officer, asked, { agency: 'school' })).toContain('ownRequest');
    expect(held(officer, asked, { agency: 'clinic' })).toEqual(['institution']);
    expect(held(officer, asked, { agency: null })).toEqual(['institution']);
  });

  it('knows an own entry of today, and no other', () => {
    const mine = ties({ curatorId: 'me' });
    const entry = { by: 'me', recordedOn: '2026-03-12', today: '2026-03-12' };
    expect(held(actor('curator'), mine, { entry })).toContain('ownEntryToday');
    expect(held(actor('curator'), mine, { entry: { ...entry, today: '2026-03-13' } })).not.toContain('ownEntryToday');
    expect(held(actor('curator'), mine, { entry: { ...entry, by: 'other' } })).not.toContain('ownEntryToday');
    expect(held(actor('curator'), mine, { entry: { ...entry, by: null } })).not.toContain('ownEntryToday');
    expect(held(actor('curator'), ties(), { entry })).not.toContain('ownEntryToday');
  });
});
