import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { canonicalJson } from './canonical-json.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** Everything by which a projection is made of facts. Too much costs each open case one wake at an upgrade; too little, a day. */
const countedBy = ['domain', path.join('platform', 'records')];

let known: string | undefined;

/**
 * Names a calendar together with the rules of counting of this code, by their content: nobody has to remember to raise
 * a number when a rule is corrected. The same files give the same name in every process.
 */
export const reckoningOf = (calendar: ProductionCalendar): string =>
  createHash('sha256')
    .update(canonicalJson(calendar))
    .update((known ??= digestOfRules()))
    .digest('base64url')
    .slice(0, 22);

function digestOfRules(): string {
  const digest = createHash('sha256');
  for (const folder of countedBy) {
    const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort())
      // Git may hand the same file to one machine with other line ends.
      digest
        .update(`${folder}/${file}`)
        .update(readFileSync(path.join(root, folder, file), 'utf8').replaceAll('\r', ''));
  }
  return digest.digest('hex');
}
