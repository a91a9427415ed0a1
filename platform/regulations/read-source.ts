import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { regulationKey } from '../../domain/regulation/regulation.ts';
import { parseRegulation } from './load.ts';

const shipped = fileURLToPath(new URL('../../regulations/', import.meta.url));

/** A regulation's file as it is published, and the hash by which a copy is compared. */
export interface RegulationSource {
  id: string;
  version: number;
  /** Name of the file, without its folder. */
  file: string;
  source: string;
  sha256: string;
}

let sources: Map<string, RegulationSource> | undefined;

/** The shipped files by `id@version`. Read once a process. */
export function readRegulationSources(): ReadonlyMap<string, RegulationSource> {
  sources ??= new Map(
    readdirSync(shipped)
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => {
        const source = readFileSync(join(shipped, name), 'utf8');
        const sha256 = createHash('sha256').update(source).digest('hex');
        const { id, version } = parseRegulation(source, basename(name));
        return [regulationKey({ id, version }), { id, version, file: name, source, sha256 }];
      }),
  );
  return sources;
}

/** The text behind `id@version`; `undefined` when no file holds it. */
export const findRegulationSource = (id: string, version: number): RegulationSource | undefined =>
  readRegulationSources().get(regulationKey({ id, version }));
