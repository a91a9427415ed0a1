import type { CommandWord } from '../commands/command.ts';
import { commandWords } from '../commands/command.ts';
import { commandOfFact } from '../commands/table.ts';
import type { Condition, DutyRule, Regulation } from './regulation.ts';

type Named = Iterable<CommandWord>;

const byFact = (kinds: unknown): CommandWord[] =>
  [kinds].flat().flatMap((kind) => (typeof kind === 'string' ? (commandOfFact.get(kind) ?? []) : []));

const plan: Named = byFact(['planDrafted', 'planSubmitted', 'planDecided']);
const sent: Named = byFact('planSent');
const consents: Named = byFact(['consentGiven', 'consentWithdrawn']);
const status: Named = byFact(['sopRecorded', 'sopLifted']);
const levels: Named = byFact(['levelSet', 'levelChanged']);
const dayOfCase = (day: unknown): Named =>
  typeof day === 'string' && day.startsWith('socialContract.') ? byFact('socialContractAmended') : [];

/**
 * The words by which conditions, starts and acts name what must be on record, each with the commands that put it there.
 * What names nothing that a command could bring (a field, a stage, a working day) has no place here.
 */
const words: Readonly<Record<string, (value: unknown) => Named>> = {
  fact: byFact,
  plan: (which) => [...plan, ...(which === 'sentToEveryAgency' ? sent : [])],
  consent: () => consents,
  inSop: () => status,
  everInSop: () => status,
  sop: () => status,
  level: () => levels,
  // Whom a duty awaits must be named.
  who: (who) => (who === 'curator' ? byFact('curatorAssigned') : []),
  caseload: () => [...levels, ...byFact('curatorAssigned')],
  given: dayOfCase,
  past: dayOfCase,
  notBefore: dayOfCase,
  day: dayOfCase,
} satisfies Partial<Record<KeyOfAny<Condition> | 'sop' | 'day' | 'who', (value: unknown) => Named>>;

type KeyOfAny<One> = One extends unknown ? keyof One : never;

/** What the form of a duty itself is about, beside the acts that it names. */
const forms: Partial<Record<DutyRule['form'], Named>> = {
  // Whoever is responsible learns of his measures when the plan is sent.
  measure: [...sent, ...byFact(['measureGiven', 'resultRecorded', 'planCorrected'])],
  agency: [...byFact('planCorrected'), ...sent],
  request: byFact(['requestRegistered', 'answerRegistered']),
};

/** Every word of a rule with what stands by it, at any depth. */
function* wordsIn(rule: unknown): Iterable<[word: string, value: unknown]> {
  if (typeof rule !== 'object' || rule === null) return;
  for (const [word, value] of Object.entries(rule)) {
    yield [word, value];
    yield* wordsIn(value);
  }
}

/**
 * The commands of which a regulation speaks: what its stages, duties, bodies, refusals and advices ask for or look at,
 * what its lists serve, and what its house moves. The others record what happens in any case; its text needs none of them.
 */
export const commandsNamedBy = (regulation: Regulation): ReadonlySet<CommandWord> => {
  const { stages, duties, roles, refusals, advices, lists, indicators, house } = regulation;
  const named = new Set<CommandWord>();
  const add = (found: Named): void => {
    for (const word of found) named.add(word);
  };
  for (const [word, value] of wordsIn([stages, duties, roles, refusals, advices])) add(words[word]?.(value) ?? []);
  for (const { form } of Object.values(duties)) add(forms[form] ?? []);
  const judged = [...refusals, ...advices].map(({ command }) => command);
  const served = Object.values({ ...lists, ...indicators }).flatMap(({ serves }) =>
    serves.map((where) => where.split('.')[0]),
  );
  add(commandWords.filter((word) => judged.includes(word) || served.includes(word)));
  if (Object.keys(regulation.levels).length > 0) add(levels);
  if (house.suspendable.length > 0) add(byFact(['supportSuspended', 'supportResumed']));
  if (house.extendable.length > 0) add(byFact('termExtended'));
  return named;
};
