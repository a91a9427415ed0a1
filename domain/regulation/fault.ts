/** The way to a part of a file: keys and places in lists. */
export type Path = readonly (string | number)[];

/** A fault of a file: where, and one sentence. */
export interface Fault {
  path: Path;
  text: string;
}
