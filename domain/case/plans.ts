import type { Day } from '../calendar/day.ts';
import type { Fact } from './fact.ts';

type MeasureData = Readonly<Record<string, unknown>>;

/** A measure of a plan, or one given to an agency by itself. */
export interface Measure {
  /** The id it was given, else `m1`, `m2` by its place. */
  id: string;
  agency: string | null;
  dueOn: Day | null;
  /** The fact that set it as it is now: the draft or a correction. */
  source: Fact;
  /** The fact that says last what is to be done, and where its words stand in the texts of it: `measures.0.`. */
  wordsFrom: Fact;
  textPath: string;
  /** All that the plan says of it: a correction changes what it names and leaves the rest. */
  said: MeasureData;
}

/** A draft and what became of it. */
export interface Plan {
  draft: Fact;
  approval: Fact | null;
  /** The last day of its term: as named, else the latest day of its measures. A plain day, never moved. */
  until: Day | null;
  measures: readonly Measure[];
  /** What was sent of it, in order. */
  sends: readonly Fact[];
  /** The entries that brought it to every agency responsible at that time; a later correction does not undo it. */
  dispatch: readonly Fact[] | null;
  /** Agencies that a correction made responsible after the dispatch: it does not open again, they are told apart. */
  joined: readonly { agency: string; by: Fact }[];
}

const nextFree = (taken: Set<string>): string => {
  let number = 1;
  while (taken.has(`m${number}`)) number += 1;
  taken.add(`m${number}`);
  return `m${number}`;
};

/** `known`: measures that the plan has; one without an id gets the next free `m<n>`. */
const measuresOf = (fact: Fact, known: readonly Measure[]): Measure[] => {
  const items = (fact.data['measures'] ?? []) as MeasureData[];
  if (items.length === 0) return [];
  const taken = new Set([
    ...known.map(({ id }) => id),
    ...items.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])),
  ]);
  return items.map((item, index) => {
    const id = typeof item['id'] === 'string' ? item['id'] : nextFree(taken);
    const before = known.find((measure) => measure.id === id);
    const said = { ...before?.said, ...item };
    const worded = before === undefined || (Array.isArray(item['has']) && item['has'].includes('what'));
    return {
      id,
      agency: typeof said['agency'] === 'string' ? said['agency'] : null,
      dueOn: typeof said['dueOn'] === 'string' ? said['dueOn'] : null,
      source: fact,
      wordsFrom: worded ? fact : before.wordsFrom,
      textPath: worded ? `measures.${index}.` : before.textPath,
      said,
    };
  });
};

const termOf = (fact: Fact, measures: readonly Measure[]): Day | null => {
  if (typeof fact.data['until'] === 'string') return fact.data['until'];
  const days = measures.flatMap(({ dueOn }) => (dueOn ? [dueOn] : []));
  return days.length ? days.reduce((a, b) => (a > b ? a : b)) : null;
};

const corrected = (plan: Plan, fact: Fact): Plan => {
  const named = new Map(measuresOf(fact, plan.measures).map((measure) => [measure.id, measure]));
  if (named.size === 0) return plan;
  const measures = [
    ...plan.measures.map((measure) => named.get(measure.id) ?? measure),
    ...[...named.values()].filter(({ id }) => !plan.measures.some((measure) => measure.id === id)),
  ];
  const next = { ...plan, measures, until: termOf(plan.draft, measures) };
  if (!plan.dispatch) return next;
  const before = responsibleAgencies(plan);
  const joined = responsibleAgencies(next).filter((agency) => !before.includes(agency));
  return { ...next, joined: [...plan.joined, ...joined.map((agency) => ({ agency, by: fact }))] };
};

const withDispatch = (plan: Plan): Plan =>
  !plan.dispatch && plan.approval && agenciesNotSent(plan).length === 0
    ? { ...plan, dispatch: plan.sends.length ? [...plan.sends] : [plan.approval] }
    : plan;

/** What the entries up to one of them make of the plans. Never changed: the next entry makes the next one. */
interface PlanBook {
  plans: readonly Plan[];
  /**
   * A correction of a day may put an approval before its draft, or a sending before its approval. What was accepted
   * stays accepted (the contradiction is an advice), so such an entry waits for the draft of its own time: one that
   * was entered before it. A later draft never finds itself approved by what was decided of another.
   */
  waiting: readonly Fact[];
}

const noPlans: PlanBook = { plans: [], waiting: [] };

const replaced = (book: PlanBook, old: Plan, plan: Plan): PlanBook =>
  old === plan ? book : { ...book, plans: book.plans.map((one) => (one === old ? plan : one)) };

const drafted = ({ plans, waiting }: PlanBook, fact: Fact): PlanBook => {
  const measures = measuresOf(fact, []);
  // Entered after the draft, though of an earlier day.
  const own = waiting.filter(({ root }) => root > fact.root);
  const plan = withDispatch({
    draft: fact,
    approval: own.findLast(({ kind }) => kind === 'planDecided') ?? null,
    until: termOf(fact, measures),
    measures,
    sends: own.filter(({ kind }) => kind === 'planSent'),
    dispatch: null,
    joined: [],
  });
  return { plans: [...plans, plan], waiting: waiting.filter((one) => !own.includes(one)) };
};

const withEntry = (book: PlanBook, fact: Fact): PlanBook => {
  const latest = book.plans.at(-1);
  const plan = currentOf(book.plans) ?? latest;
  const waits = (): PlanBook => ({ ...book, waiting: [...book.waiting, fact] });
  switch (fact.kind) {
    case 'planDrafted':
      return drafted(book, fact);
    case 'planDecided':
      if (fact.data['decision'] !== 'approve') return book;
      return latest && !latest.approval ? replaced(book, latest, withDispatch({ ...latest, approval: fact })) : waits();
    case 'planSent':
      return plan ? replaced(book, plan, withDispatch({ ...plan, sends: [...plan.sends, fact] })) : waits();
    case 'planCorrected':
      return plan ? replaced(book, plan, withDispatch(corrected(plan, fact))) : book;
    default:
      return book;
  }
};

const ofPlans: ReadonlySet<string> = new Set(['planDrafted', 'planDecided', 'planSent', 'planCorrected']);

/** What an entry made of the book before it. */
const made = new WeakMap<Fact, { before: PlanBook; book: PlanBook }>();

/**
 * Every plan of the case, oldest first. Only an approved one counts for stages and duties. The same entries are read
 * for every day and every command of a past: what one of them makes of those before it is worked out once, since a
 * plan that was corrected some hundred times would else take a minute.
 */
export const plansOf = (facts: readonly Fact[]): readonly Plan[] => {
  let book = noPlans;
  for (const fact of facts) {
    if (!ofPlans.has(fact.kind)) continue;
    const known = made.get(fact);
    if (known?.before === book) {
      book = known.book;
      continue;
    }
    const next = withEntry(book, fact);
    made.set(fact, { before: book, book: next });
    book = next;
  }
  return book.plans;
};

const currentOf = (plans: readonly Plan[]): Plan | undefined => plans.findLast(({ approval }) => approval !== null);

/** The plan that counts: the approved one that came last. */
export const approvedPlan = (plans: readonly Plan[]): Plan | null => currentOf(plans) ?? null;

/**
 * The measures of the plan that counts (else of the latest draft), as an entry that names `items` would leave them: one
 * with an id that the plan has changes what it names of it, any other is added.
 */
export const measuresAfter = (plans: readonly Plan[], items: readonly MeasureData[]): readonly MeasureData[] => {
  const left = new Map<unknown, MeasureData>(
    ((currentOf(plans) ?? plans.at(-1))?.measures ?? []).map((measure) => [measure.id, measure.said]),
  );
  items.forEach((item, index) => {
    const key = typeof item['id'] === 'string' ? item['id'] : index;
    left.set(key, { ...left.get(key), ...item });
  });
  return [...left.values()];
};

/** The measures that an entry names, each as it would leave it: what the plan says of it stays unless it says otherwise. */
export const measuresNamed = (plans: readonly Plan[], items: readonly MeasureData[]): readonly MeasureData[] => {
  const known = (currentOf(plans) ?? plans.at(-1))?.measures ?? [];
  return items.map((item) => {
    const before = known.find(({ id }) => id === item['id'])?.said ?? {};
    return {
      ...before,
      ...item,
      has: [...wordsSaid(before), ...wordsSaid(item)].filter((field) => item[field] !== null),
    };
  });
};

/** Fields that were filled with words: of those the facts hold the names alone. */
const wordsSaid = ({ has }: MeasureData): string[] => (Array.isArray(has) ? (has as string[]) : []);

/** Agencies that answer for a measure of the plan, each once. */
export const responsibleAgencies = (plan: Plan): string[] => [
  ...new Set(plan.measures.flatMap(({ agency }) => (agency ? [agency] : []))),
];

/** Agencies to which an entry brings the plan. */
export const agenciesOf = ({ data }: Fact): string[] =>
  Array.isArray(data['to']) ? [...new Set(data['to'] as string[])] : [];

/** Responsible agencies to which the approved plan has not been sent. */
export const agenciesNotSent = (plan: Plan): string[] => {
  const sent = new Set(plan.sends.flatMap(agenciesOf));
  return responsibleAgencies(plan).filter((agency) => !sent.has(agency));
};
