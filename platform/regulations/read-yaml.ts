import { isNode, LineCounter, parseDocument } from 'yaml';

export type Path = readonly (string | number)[];

/** A YAML (or JSON) file as plain data, with the line of every part. */
export interface ReadYaml {
  data: unknown;
  /** The line (from 1) of a path, or of the nearest part above it that is there. */
  line: (path: Path) => number;
  /** Faults of the notation itself, each `file:line: sentence`. */
  faults: string[];
}

/** What to do, where the parser's own words name only what the notation calls it. */
const aids: readonly (readonly [said: RegExp, aid: string])[] = [
  [/^(Nested mappings|Block collections) are not allowed/, ': a sentence with ": " in it stands in quotes'],
  [/^Tabs are not allowed/, ': use two spaces for a step'],
  [/^Map keys must be unique/, ': this key stands twice in its group'],
  [/must be sufficiently indented and end with/, ': a bracket is not closed, or a quote is open'],
];
const aidFor = (message: string): string => aids.find(([said]) => said.test(message))?.[1] ?? '';

/** Reads YAML 1.2 (JSON is part of it), keeping line numbers. A key written twice is a fault. */
export const readYaml = (text: string, fileName: string): ReadYaml => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, uniqueKeys: true });
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  const faults = document.errors.map(
    ({ pos, message }) => `${fileName}:${lineAt(pos[0])}: ${message}${aidFor(message)}`,
  );
  const offsetOf = (path: Path): number | null => {
    const node = path.length ? document.getIn(path, true) : document.contents;
    return isNode(node) && node.range ? node.range[0] : null;
  };
  return {
    data: faults.length ? null : document.toJS(),
    faults,
    line: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const offset = offsetOf(path.slice(0, length));
        if (offset !== null) return lineAt(offset);
      }
      return 1;
    },
  };
};
