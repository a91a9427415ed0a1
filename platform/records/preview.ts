import { decide } from '../../domain/case/decide.ts';
import type { Advice, Refusal } from '../../domain/case/decision.ts';
import type { Duty } from '../../domain/case/duty.ts';
import type { NewFact } from '../../domain/case/fact.ts';
import { fold } from '../../domain/case/fold.ts';
import type { CaseKey } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { caseIdOf, type StoredBody } from './accept-command.ts';
import { refusalOfAdvance } from './advance-clock.ts';
import { appendFacts, emptyLog } from './append-facts.ts';
import type { AdoptionPreview, NewCommand, Preview, RecordsDeps } from './contract.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';
import { loadTexts } from './load-texts.ts';
import { project } from './project.ts';
import { getInstitution } from './read-directory.ts';
import { invalid, refuse } from './refusals.ts';
import { followVersion, prepareTurn, type Turn } from './turn.ts';
import { toDomainCommand } from './to-domain-command.ts';

type Asked = Omit<NewCommand, 'idempotencyKey'>;

interface Judgement {
  turn: Turn;
  facts: NewFact[];
  advice: Advice[];
}

/**
 * The same judgement as in the transaction, by the records as they are now: nothing written and nothing locked. The
 * API asks it ahead of each command; the transaction's answer is the one that counts.
 */
export async function judgeAhead(
  tx: Tx,
  deps: RecordsDeps,
  command: Asked,
  known: LoadedCase | null = null,
): Promise<{ refusal: Refusal } | Judgement> {
  const loaded =
    command.caseId === null ? await notYetOpened(tx, command) : (known ?? (await findLoadedCase(tx, command.caseId)));
  if (loaded === undefined || loaded.wrapped === null) return { refusal: refuse('case.unknown') };
  const key = command.caseId === null ? unusedKey : deps.keyring.unwrapCaseKey(loaded.caseId, loaded.wrapped);
  const stored: StoredBody = {
    body: command.body,
    expectedSeq: command.expectedSeq,
    ...(command.opening ? { opening: command.opening } : {}),
  };
  const turn = prepareTurn(deps, {
    loaded,
    key,
    stored,
    commandId: loaded.caseId,
    actor: command.actor,
    engineNow: deps.now(),
  });
  if ('code' in turn) return { refusal: turn };
  if (turn.word === 'advanceTo') {
    const refusal = refusalOfAdvance(turn);
    return refusal === null ? { turn, facts: [], advice: [] } : { refusal };
  }
  const parsed = toDomainCommand(command.body, loaded, turn.clock);
  if (!parsed.ok) return { refusal: invalid(parsed.errors) };
  const { regulation } = turn.setting;
  const state = fold(await loadTexts(tx, turn, parsed.command), regulation);
  const decision = decide(state, parsed.command, turn.clock, loaded.world, regulation, deps.rules.calendar);
  return decision.accepted ? { turn, facts: decision.facts, advice: decision.advice } : { refusal: decision.refusal };
}

/** What a command would change: which days move, which duties come and which go. */
export async function previewCommand(tx: Tx, deps: RecordsDeps, command: Asked): Promise<Preview> {
  const judged = await judgeAhead(tx, deps, command);
  if ('refusal' in judged) return { ...nothing, accepted: false, refusal: judged.refusal };
  const { turn, facts, advice } = judged;
  const { loaded, setting, clock } = turn;
  const log =
    loaded.head === null
      ? emptyLog(loaded.caseId)
      : { caseId: loaded.caseId, seq: loaded.head.seq, hash: loaded.head.headHash };
  const added = appendFacts(log, facts, loaded.caseId, clock, unusedKey).facts;
  const before = project(loaded.facts, setting, clock).duties;
  const after = project([...loaded.facts, ...added], followVersion(turn, [...loaded.facts, ...added]), clock).duties;
  return { ...nothing, accepted: true, advice, ...compareDuties(before, after) };
}

/** What an adoption would bring: where the case stands, and everything it must do. */
export async function previewAdoption(tx: Tx, deps: RecordsDeps, command: Asked): Promise<AdoptionPreview> {
  const judged = await judgeAhead(tx, deps, command);
  if ('refusal' in judged) return { accepted: false, refusal: judged.refusal, advice: [], stage: null, duties: [] };
  const { turn, facts, advice } = judged;
  const { loaded, setting, clock } = turn;
  const log = appendFacts(emptyLog(loaded.caseId), facts, loaded.caseId, clock, unusedKey).facts;
  const { stage, duties } = project(log, setting, clock);
  return { accepted: true, refusal: null, advice, stage, duties };
}

const nothing = { refusal: null, advice: [], moved: [], appears: [], disappears: [], meets: [] };

const isDemanded = ({ state }: Duty): boolean => state === 'open' || state === 'overdue' || state === 'upcoming';
const isMet = ({ state }: Duty): boolean => state === 'met' || state === 'met late';

/**
 * Duties before and after, by key: which days move, which duties are fulfilled, which come and which go. What is no
 * longer demanded goes, though its row stays: the end of support must never read as "no date changes".
 */
export function compareDuties(
  before: readonly Duty[],
  after: readonly Duty[],
): Pick<Preview, 'moved' | 'appears' | 'disappears' | 'meets'> {
  const old = new Map(before.map((duty) => [duty.key, duty]));
  const now = new Map(after.map((duty) => [duty.key, duty]));
  const comes = (duty: Duty): boolean => {
    const from = old.get(duty.key);
    return from === undefined || (from.state === 'cancelled' && isDemanded(duty));
  };
  return {
    moved: after.flatMap((duty) => {
      const from = old.get(duty.key);
      return from === undefined || from.dueOn === duty.dueOn || comes(duty)
        ? []
        : [{ key: duty.key, what: duty.what, from: from.dueOn, to: duty.dueOn }];
    }),
    appears: after.filter(comes),
    disappears: before.filter((duty) => {
      const later = now.get(duty.key);
      return later === undefined || (isDemanded(duty) && later.state === 'cancelled');
    }),
    meets: after.filter((duty) => {
      const from = old.get(duty.key);
      return from !== undefined && isMet(duty) && isDemanded(from);
    }),
  };
}

/** A preview writes nothing, so what it would have sealed is dropped. */
const unusedKey: CaseKey = { seal: () => Buffer.alloc(0), open: () => ({}), mac: () => '' };

async function notYetOpened(tx: Tx, command: Asked): Promise<LoadedCase> {
  const [agencies, staff] = [
    await tx.agency.findMany({ select: { code: true } }),
    await tx.staff.findMany({ where: { active: true }, select: { id: true } }),
  ];
  return {
    caseId: caseIdOf({ ...command, idempotencyKey: 'preview' }),
    institution: await getInstitution(tx),
    wrapped: Buffer.alloc(0),
    head: null,
    facts: [],
    duties: {},
    notices: [],
    requests: [],
    world: {
      curatorLoad: {},
      agencies: new Set(agencies.map(({ code }) => code)),
      staff: new Set(staff.map(({ id }) => id)),
    },
    former: [],
  };
}
