import { roles as houseRoles } from '../access/role.ts';
import { commandCatalog } from '../commands/table.ts';
import type { CommandWord } from '../commands/command.ts';
import type { Fault, Path } from './fault.ts';
import { faultsOf } from './form-faults.ts';
import type { DutyRule, Regulation } from './regulation.ts';
import { dutySchemas, eachWords, formOf } from './duty-schema.ts';
import { fileSchema } from './schema.ts';
import { checkReferences } from './references.ts';

/** A file's content as plain data, and where each part of it stands. */
export interface Source {
  fileName: string;
  data: unknown;
  /** The line of a path, or of the nearest part above it that is there. */
  line: (path: Path) => number;
}

/** A regulation's file has faults; all of them are named, each as `file:line: sentence`. */
export class RegulationError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'RegulationError';
    this.faults = faults;
  }
}

const documentsOf = (data: Record<string, unknown>) =>
  Object.entries(data['of'] as Record<string, Record<string, unknown>>).map(([id, document]) => ({
    id,
    clause: document['clause'] ?? data['clause'],
    what: document['what'],
    who: document['who'] ?? data['who'],
    when: document['when'],
    met: document['met'] ?? { fact: 'documentFiled', where: { kind: [id] } },
  }));

const calendarOf = (data: Record<string, unknown>) => {
  const { every, ...due } = data['calendar'] as { every: string };
  return every === 'none' ? { every: null, due: null } : { every, due };
};

const dutyOf = (rule: string, value: unknown, faults: Fault[]): DutyRule | null => {
  const form = formOf(value);
  const each = typeof value === 'object' && value !== null && 'each' in value ? String(value.each) : null;
  if (each !== null && !eachWords.includes(each)) {
    faults.push({
      path: ['duties', rule, 'each'],
      text: `duties.${rule}.each: expected one of ${eachWords.join(', ')}; "${each}" is none of them`,
    });
    return null;
  }
  const checked = dutySchemas[form].safeParse(value);
  if (!checked.success) {
    faults.push(...checked.error.issues.flatMap((issue) => faultsOf(issue, ['duties', rule], form)));
    return null;
  }
  const data = checked.data as Record<string, unknown>;
  const base = {
    rule,
    clause: data['clause'],
    what: data['what'],
    who: data['who'],
    for: data['for'],
    until: data['until'],
    basis: data['basis'],
    scope: data['scope'],
  };
  const met = data['met'] as unknown[] | undefined;
  const own: Record<typeof form, () => object> = {
    term: () => ({
      form,
      start: data['start'],
      term: data['term'] === 'none' ? null : data['term'],
      acts: data['acts'],
      met,
      atLeast: data['atLeast'],
      shownFrom: data['shownFrom'],
      outlivesSupport: data['outlivesSupport'],
    }),
    measure: () => ({ form, met }),
    agency: () => ({ form, met }),
    grid: () => ({ form, ...(data['grid'] as object), acts: met }),
    window: () => ({ form, of: data['eachWindowOf'], met: met?.[0] }),
    request: () => ({
      form,
      direction: data['direction'],
      term: data['term'] ?? null,
      outlivesSupport: data['outlivesSupport'],
      met: met?.[0],
    }),
    parentVisit: () => ({ form, met: met?.[0] }),
    document: () => ({ form, documents: documentsOf(data) }),
    calendar: () => ({ form, ...calendarOf(data), met }),
  };
  return { ...base, ...own[form]() } as unknown as DutyRule;
};

const withFact = <Rule extends { command: CommandWord; says?: unknown }>(rule: Rule) => ({
  ...rule,
  says: rule.says ?? null,
  fact: commandCatalog[rule.command].fact,
});

/**
 * Checks a regulation and makes it ready for the rules.
 * @throws RegulationError naming every fault found.
 */
export const compileRegulation = ({ fileName, data, line }: Source): Regulation => {
  const fail = (faults: readonly Fault[]): never => {
    const ordered = faults.map(({ path, text }) => ({ at: line(path), text })).sort((a, b) => a.at - b.at);
    throw new RegulationError([...new Set(ordered.map(({ at, text }) => `${fileName}:${at}: ${text}`))]);
  };
  const checked = fileSchema.safeParse(data);
  const faults = checked.success ? [] : checked.error.issues.flatMap((issue) => faultsOf(issue, []));
  const written = (typeof data === 'object' && data !== null && 'duties' in data ? data.duties : {}) as Record<
    string,
    unknown
  >;
  const duties = Object.entries(written ?? {}).flatMap(([rule, value]) => {
    const duty = dutyOf(rule, value, faults);
    return duty ? [[rule, duty] as const] : [];
  });
  if (!checked.success || faults.length) return fail(faults);
  const file = checked.data;
  const regulation = {
    id: file.id,
    version: file.version,
    title: file.title,
    source: file.source,
    bodies: file.bodies,
    categories: file.categories,
    levels: file.levels,
    lists: file.lists,
    indicators: file.indicators,
    roles: file.roles,
    stages: file.stages,
    duties: Object.fromEntries(duties),
    refusals: file.refusals.map(withFact),
    advices: file.advices.map(withFact),
    notYetExecutable: file.notYetExecutable,
    house: file.house,
  } as unknown as Regulation;
  const wrong = checkReferences(regulation, houseRoles);
  return wrong.length ? fail(wrong) : regulation;
};
