import type { Fact, NewFact } from '../../domain/case/fact.ts';
import type { CaseKey } from '../crypto/keyring.ts';
import type { CaseClock } from './case-clock.ts';
import { places } from './family.ts';
import { chainStart, hashEntry } from './hash-chain.ts';
import type { EventToWrite } from './write-log.ts';
import type { Transition } from './write-transition.ts';

/** The end of a log: where the next entry goes. */
export interface LogEnd {
  /** The case's, or that of the institution whose own log it is. */
  caseId: string;
  seq: number;
  /** Hash of the last entry, hex. */
  hash: string;
}

export const emptyLog = (caseId: string): LogEnd => ({ caseId, seq: 0, hash: chainStart(caseId).toString('hex') });

export interface Appended {
  facts: Fact[];
  events: EventToWrite[];
  texts: Transition['texts'];
  end: LogEnd;
}

/** Gives new facts their numbers, instants and hashes, and seals what was typed. */
export function appendFacts(
  end: LogEnd,
  news: readonly NewFact[],
  commandId: string,
  clock: CaseClock,
  key: CaseKey,
): Appended {
  const appended: Appended = { facts: [], events: [], texts: [], end };
  for (const { kind, on, root, data, texts = {} } of news) {
    const { caseId } = end;
    const seq = appended.end.seq + 1;
    const fact: Fact = { seq, root: root ?? seq, kind, on, recordedAt: clock.at, recordedOn: clock.today, data };
    const textHashes = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, key.mac(text)]));
    const previousHash = appended.end.hash;
    const hash = hashEntry({ caseId, ...fact, commandId, textHashes }, Buffer.from(previousHash, 'hex')).toString(
      'hex',
    );
    // Without its texts: what follows from a fact must follow the same when it is read back, sealed.
    appended.facts.push(fact);
    appended.events.push({ ...fact, commandId, textHashes, previousHash, hash });
    if (Object.keys(texts).length > 0) appended.texts.push({ seq, sealed: key.seal(places.texts(caseId, seq), texts) });
    appended.end = { caseId, seq, hash };
  }
  return appended;
}
