import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { regulationKey } from '../../domain/regulation/regulation.ts';
import { parseRegulation } from './load.ts';

const shipped = fileURLToPath(new URL('../../regulations/', import.meta.url));

/** A regulation's file as it is published, and the hash by which a copy is compared. */
export interface RegulationSource {
  source: string;
  sha256: string;
}

let sources: Map<string, RegulationSource> | undefined;

/** The text behind `id@version`; `undefined` when no file holds it. */
export function findRegulationSource(id: string, version: number): RegulationSource | undefined {
  sources ??= new Map(
    readdirSync(shipped)
      .filter((name) => /\.ya?ml$/.test(name))
      .map((name) => {
        const source = readFileSync(join(shipped, name), 'utf8');
        const sha256 = createHash('sha256').update(source).digest('hex');
        return [regulationKey(parseRegulation(source, basename(name))), { source, sha256 }];
      }),
  );
  return sources.get(`${id}@${version}`);
}
