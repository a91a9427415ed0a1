import { describe, expect, it } from 'vitest';
import { actions, type Action } from '../../domain/access/action.ts';
import { mayDo, mayDoInAny, relationsAllowing } from '../../domain/access/may-do.ts';
import { relations, type Relation } from '../../domain/access/relation.ts';
import { roles, type Role } from '../../domain/access/role.ts';
import { accessTable } from '../../domain/access/table.ts';

/**
 * The column "who may" of the table of commands, written out again by hand: C curator, H head of department,
 * S secretary of the body, A agency officer, D deputy director, X administrator. What H may "in the department" and
 * what C may "in his case" follows from the letter; the exceptions are named below.
 */
const whoMay: Record<Action, string> = {
  openCase: 'C H',
  adoptCase: 'H',
  assignCurator: 'H',
  fileDocument: 'C H S',
  signAgreement: 'C H',
  giveConsent: 'C H',
  withdrawConsent: 'C H',
  setLevel: 'C H S',
  changeLevel: 'C H S',
  draftPlan: 'C H',
  submitPlan: 'C H',
  decidePlan: 'C H S',
  sendPlan: 'C H',
  correctPlan: 'C H',
  giveMeasure: 'C H',
  recordResult: 'C H A',
  recordService: 'C H',
  recordVisit: 'C H',
  recordDiagnostics: 'C H',
  recordMonitoring: 'C H',
  drawConclusion: 'C H S',
  recordDecision: 'C H S',
  issueOrder: 'H',
  recordSop: 'C H S',
  liftSop: 'C H S',
  informBody: 'C H',
  reportViolation: 'C H',
  registerRequest: 'C H',
  registerAnswer: 'C H A',
  enterInformationBank: 'C H',
  amendSocialContract: 'C H',
  startPostSupport: 'C H',
  endSupport: 'C H',
  suspend: 'C H',
  resume: 'C H',
  extend: 'H',
  moveToVersion: 'H',
  annulEntry: 'C H',
  correctEntry: 'C H',
  submitReport: 'C H D',
  answerRequest: 'C H A',
  recordDelivery: 'C H',
  readSelf: 'C H D S A X',
  readCase: 'C H D S',
  explainCase: 'C H D S',
  readRequests: 'C H D S A',
  issueLink: 'C H',
  readInstitution: 'C H D',
  readLate: 'H D',
  advanceTraining: 'C H',
  readDirectory: 'C H D S X',
  manageStaff: 'X',
  manageSettings: 'X',
  readRegulations: 'C H D S A X',
  simulate: 'C H D S A X',
  readMailbox: 'C H D S A X',
};

const letter: Record<Role, string> = {
  curator: 'C',
  head: 'H',
  deputyDirector: 'D',
  secretary: 'S',
  agencyOfficer: 'A',
  administrator: 'X',
};

/** Actions that are about the institution, not about one case. */
const institutional = new Set<Action>([
  'openCase',
  'adoptCase',
  'submitReport',
  'readInstitution',
  'readSelf',
  'readDirectory',
  'manageStaff',
  'manageSettings',
  'readRegulations',
  'simulate',
  'readMailbox',
]);

/** Acts that are the head's alone reach no further than the department, whoever curates the case. */
const headOnly = new Set<Action>(['assignCurator', 'issueOrder', 'extend', 'moveToVersion', 'readLate']);

function expected(role: Role, action: Action, relation: Relation): boolean {
  if (!whoMay[action].split(' ').includes(letter[role])) return false;
  if (institutional.has(action)) return relation === 'institution';
  const correcting = action === 'annulEntry' || action === 'correctEntry';
  switch (role) {
    case 'curator':
      return relation === (correcting ? 'ownEntryToday' : 'ownCase');
    case 'head':
      if (relation === 'ownDepartment') return true;
      return !headOnly.has(action) && relation === (correcting ? 'ownEntryToday' : 'ownCase');
    case 'deputyDirector':
      return relation === 'institution';
    case 'secretary':
      return relation === 'ownBody';
    case 'agencyOfficer':
      return relation === 'ownRequest';
    case 'administrator':
      return false;
  }
}

const cells = actions.flatMap((action) =>
  roles.flatMap((role) =>
    relations.map((relation) => ({ role, action, relation, may: expected(role, action, relation) })),
  ),
);

describe('the table of access', () => {
  it('has a row for every action and no other', () => {
    expect(Object.keys(accessTable).sort()).toEqual([...actions].sort());
    expect(cells).toHaveLength(actions.length * roles.length * relations.length);
  });

  it.each(cells)('$role, $action, $relation: $may', ({ role, action, relation, may }) => {
    expect(mayDo(role, action, relation).allowed).toBe(may);
  });

  it('denies whoever stands in no relation, and names who may', () => {
    for (const action of actions) {
      for (const role of roles) {
        const permission = mayDoInAny(role, action, new Set());
        expect(permission.allowed).toBe(false);
        if (!permission.allowed)
          expect(permission.whoMay.map((who) => letter[who]).sort()).toEqual(whoMay[action].split(' ').sort());
      }
    }
  });

  it('lets an administrator see no case', () => {
    for (const action of actions.filter((one) => !institutional.has(one))) {
      expect(relationsAllowing('administrator', action)).toEqual([]);
    }
  });
});
