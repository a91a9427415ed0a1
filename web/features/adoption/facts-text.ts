import { isNode, LineCounter, parseDocument } from 'yaml';

export interface PastFact {
  command: string;
  on: string;
  [field: string]: unknown;
}

/** A past as it was pasted: its commands, and the line on which each part of them stands. */
export interface ReadPast {
  facts: PastFact[];
  /** Faults of the notation, which only the text itself can show. */
  faults: { line: number; message: string }[];
  /** The line, from 1, of a path such as `facts.3.on`, or of the nearest part above it. */
  lineOf: (path: string) => number;
}

/** What a text that is no list of commands is told. */
export type Shape = 'empty' | 'notAList' | 'notACommand';

/**
 * Reads YAML (JSON is part of it): a list of commands, or a scenario that holds one under `facts` or `commands`.
 * `say` words the faults that the notation does not.
 */
export function readPast(text: string, say: (shape: Shape) => string): ReadPast {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const at = (offset: number): number => counter.linePos(offset).line;
  const faults = document.errors.map(({ pos, message }) => ({ line: at(pos[0]), message }));
  const none = { facts: [], faults, lineOf: () => 1 };
  if (faults.length > 0) return none;
  const data: unknown = document.toJS();
  if (data === null || data === undefined) return { ...none, faults: [{ line: 1, message: say('empty') }] };
  const key = ['facts', 'commands'].find((name) => Array.isArray((data as Record<string, unknown>)[name]));
  const list = Array.isArray(data) ? data : key === undefined ? undefined : (data as Record<string, unknown>)[key];
  if (!Array.isArray(list)) return { ...none, faults: [{ line: 1, message: say('notAList') }] };
  const lineOf = (path: string): number => {
    const parts = path.split('.').slice(1);
    for (let length = parts.length; length >= 0; length -= 1) {
      const inside = parts.slice(0, length).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
      const node = document.getIn(key === undefined ? inside : [key, ...inside], true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return 1;
  };
  const facts = list as unknown[];
  return {
    facts: facts as PastFact[],
    faults: facts.flatMap((fact, index) => {
      const { command, on } = (fact ?? {}) as Record<string, unknown>;
      return typeof command === 'string' && typeof on === 'string'
        ? []
        : [{ line: lineOf(`facts.${index}`), message: say('notACommand') }];
    }),
    lineOf,
  };
}

/** The curator chosen in the form: where the past says `own`, and where it names nobody, from today on. */
export function withCurator(facts: readonly PastFact[], curator: string, today: string): PastFact[] {
  if (curator === '') return [...facts];
  const named = facts.map((fact) =>
    fact.command === 'assignCurator' && fact['curator'] === 'own' ? { ...fact, curator } : fact,
  );
  return named.some(({ command }) => command === 'assignCurator')
    ? named
    : [...named, { on: today, command: 'assignCurator', curator }];
}
