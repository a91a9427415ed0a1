import { askedIn } from '../agencies/requests.ts';
import type { Command, CommandWord } from '../commands/command.ts';
import { commandOfFact } from '../commands/table.ts';
import type { Refusal, World } from './decision.ts';
import type { Sentence } from './duty.ts';
import type { Fact } from './fact.ts';
import { bookkeeping } from './fold.ts';
import type { CaseState } from './fold.ts';
import { inSop } from './reading.ts';
import type { Reading } from './reading.ts';
import { refusalCodes } from './refusal-codes.ts';
import type { RefusalCodeWord } from './refusal-codes.ts';
import { wordsIn } from './values.ts';
import { say } from './words.ts';

/** A refusal by one of the closed list of reasons that are no clause. */
export const refuse = (code: RefusalCodeWord, ...missing: Sentence[]): Refusal => ({
  code,
  clause: null,
  text: refusalCodes[code].text,
  missing,
});

/**
 * Words that still pass after the end of support: corrections, papers (the resolution on stopping is one), what reaches
 * the case from outside, and what is owed to a child or a body whether support goes on or not.
 */
const afterTheEnd: ReadonlySet<CommandWord> = new Set<CommandWord>([
  'annulEntry',
  'correctEntry',
  'fileDocument',
  'issueOrder',
  'recordDecision',
  'withdrawConsent',
  'informBody',
  'reportViolation',
  'registerRequest',
  'registerAnswer',
  'requestSent',
  'requestFailed',
]);

const suspended = ({ facts }: Reading): boolean =>
  facts.findLast(({ kind }) => kind === 'supportSuspended' || kind === 'supportResumed')?.kind === 'supportSuspended';

/** What stands in the way by the state of the case alone, whatever the fields. `reading`: up to the command's day. */
export const refusalByStanding = (word: CommandWord, state: CaseState, reading: Reading): Refusal | null => {
  const has = (kind: string): boolean => reading.facts.some((fact) => fact.kind === kind);
  if (word === 'openCase')
    return state.facts.some(({ kind }) => kind === 'caseOpened') ? refuse('case.duplicate') : null;
  // A report is the institution's own: it waits for no case and ends with none.
  if (word === 'submitReport') return null;
  if (word === 'adoptCase') return state.facts.length ? refuse('case.duplicate') : null;
  if (!has('caseOpened')) return refuse('case.not-open');
  if (has('supportEnded') && !afterTheEnd.has(word)) return refuse('case.closed');
  if (word === 'startPostSupport' && state.facts.some(({ kind }) => kind === 'postSupportStarted'))
    return refuse('case.duplicate');
  if (word === 'endSupport' && state.facts.some(({ kind }) => kind === 'supportEnded')) return refuse('case.closed');
  if (word === 'liftSop' && !inSop(reading)) return refuse('sop.not-recorded');
  if (word === 'resume' && !suspended(reading)) return refuse('suspension.none');
  if (word === 'suspend' && suspended(reading)) return refuse('case.duplicate');
  if (word === 'decidePlan' && reading.plans.at(-1)?.approval) {
    return refuse(
      'case.duplicate',
      say(
        'Этот план уже утверждён; новый план сначала составляется.',
        'That plan is approved already; a new one is drawn up first.',
      ),
    );
  }
  return null;
};

/** Whether an accepted fact could no longer be recorded, by the facts before it: after the end, before the opening. */
export const standsAgainst = ({ kind }: Pick<Fact, 'kind'>, before: CaseState, reading: Reading): boolean =>
  kind !== 'caseAdopted' && refusalByStanding(commandOfFact.get(kind) ?? 'recordVisit', before, reading) !== null;

/** Agencies and people that the command names and the institution does not have. */
export const refusalByReference = ({ command, data }: Command, state: CaseState, world: World): Refusal | null => {
  const measures = (data['measures'] ?? []) as Record<string, unknown>[];
  const agencies = [
    ...wordsIn(command === 'giveMeasure' ? data['agency'] : null),
    ...wordsIn(command === 'sendPlan' ? data['to'] : null),
    ...measures.flatMap(({ agency }) => wordsIn(agency)),
  ];
  const unknownAgency = world.agencies && agencies.find((agency) => !world.agencies?.has(agency));
  if (unknownAgency)
    return refuse(
      'reference.unknown',
      say('учреждение «{code}» не заведено', 'agency "{code}" is not known to the institution', {
        code: unknownAgency,
      }),
    );
  const curator = command === 'assignCurator' ? wordsIn(data['curator'])[0] : undefined;
  if (curator && world.staff && !world.staff.has(curator))
    return refuse(
      'reference.unknown',
      say('сотрудник не заведён или уже не работает: {code}', 'not a member of staff, or has left: {code}', {
        code: curator,
      }),
    );
  if (['answerRequest', 'recordDelivery', 'requestSent', 'requestFailed'].includes(command)) {
    const known = askedIn(state.facts).some(
      ({ entry, subject }) => entry === data['entry'] && subject === data['subject'],
    );
    if (!known)
      return refuse(
        'reference.unknown',
        say('запроса {entry} «{subject}» в деле нет', 'the case has no request {entry} "{subject}"', {
          entry: String(data['entry']),
          subject: String(data['subject']),
        }),
      );
  }
  return null;
};

const ofTheLog = say(
  'это служебная отметка журнала; отменённое возвращают, внося его снова',
  'that is a mark of the log itself; what was annulled comes back by entering it again',
);

/** The entry a person names: by its number, or by the number it had before it was corrected. */
export const entryNamed = (
  state: CaseState,
  entry: number,
): { seq: number; refusal: null } | { seq: null; refusal: Refusal } => {
  const named = state.log.find(({ seq }) => seq === entry);
  if (!named)
    return {
      seq: null,
      refusal: refuse('entry.unknown', say('всего записей: {n}', 'the case has {n} entries', { n: state.seq })),
    };
  if (!state.annulledBy[entry]) {
    const fixed = bookkeeping.has(named.kind) || named.kind === 'caseAdopted';
    return fixed ? { seq: null, refusal: refuse('entry.unknown', ofTheLog) } : { seq: entry, refusal: null };
  }
  const successor = state.facts.find(({ root }) => root === named.root);
  return successor ? { seq: successor.seq, refusal: null } : { seq: null, refusal: refuse('entry.already-annulled') };
};
