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
  measures: Measure[];
  /** What was sent of it, in order. */
  sends: Fact[];
  /** The entries that brought it to every agency responsible at that time; a later correction does not undo it. */
  dispatch: Fact[] | null;
  /** Agencies that a correction made responsible after the dispatch: it does not open again, they are told apart. */
  joined: { agency: string; by: Fact }[];
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

const corrected = (plan: Plan, fact: Fact): void => {
  const before = responsibleAgencies(plan);
  for (const measure of measuresOf(fact, plan.measures)) {
    const at = plan.measures.findIndex(({ id }) => id === measure.id);
    if (at >= 0) plan.measures[at] = measure;
    else plan.measures.push(measure);
  }
  plan.until = termOf(plan.draft, plan.measures);
  if (!plan.dispatch) return;
  for (const agency of responsibleAgencies(plan)) if (!before.includes(agency)) plan.joined.push({ agency, by: fact });
};

const noteDispatch = (plan: Plan): void => {
  if (!plan.dispatch && plan.approval && agenciesNotSent(plan).length === 0)
    plan.dispatch = plan.sends.length ? [...plan.sends] : [plan.approval];
};

/** Takes out of the waiting entries those that belong to the draft: entered after it, though of an earlier day. */
const takeWaiting = (waiting: Fact[], kind: string, draft: Fact): Fact[] => {
  const taken = waiting.filter((fact) => fact.kind === kind && fact.root > draft.root);
  for (const fact of taken) waiting.splice(waiting.indexOf(fact), 1);
  return taken;
};

/** Every plan of the case, oldest first. Only an approved one counts for stages and duties. */
export const plansOf = (facts: readonly Fact[]): Plan[] => {
  const plans: Plan[] = [];
  // A correction of a day may put an approval before its draft, or a sending before its approval. What was accepted
  // stays accepted (the contradiction is an advice), so such an entry waits for the draft of its own time: one that
  // was entered before it. A later draft never finds itself approved by what was decided of another.
  const waiting: Fact[] = [];
  for (const fact of facts) {
    const latest = plans.at(-1);
    const plan = currentOf(plans) ?? latest;
    if (fact.kind === 'planDrafted') {
      const measures = measuresOf(fact, []);
      const drafted: Plan = {
        draft: fact,
        approval: takeWaiting(waiting, 'planDecided', fact).at(-1) ?? null,
        until: termOf(fact, measures),
        measures,
        sends: takeWaiting(waiting, 'planSent', fact),
        dispatch: null,
        joined: [],
      };
      plans.push(drafted);
      noteDispatch(drafted);
    } else if (fact.kind === 'planDecided' && fact.data['decision'] === 'approve') {
      if (latest && !latest.approval) {
        latest.approval = fact;
        noteDispatch(latest);
      } else {
        waiting.push(fact);
      }
    } else if (fact.kind === 'planSent') {
      if (plan) {
        plan.sends.push(fact);
        noteDispatch(plan);
      } else {
        waiting.push(fact);
      }
    } else if (fact.kind === 'planCorrected' && plan) {
      corrected(plan, fact);
      noteDispatch(plan);
    }
  }
  return plans;
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
