import type { Duty } from '../duty.ts';
import type { RawDuty, Scene } from './scene.ts';

/** Where the words of what a duty is about stand: a plan's measure as it counts now, or what an agency was asked. */
export const wordsOf = ({ rootEntry, subject }: RawDuty, { reading, asked }: Scene): Duty['words'] => {
  if (subject === null) return null;
  const plan = reading.plans.find(({ draft }) => draft.root === rootEntry);
  const measure = plan?.measures.find(({ id }) => id === subject);
  if (measure) return { seq: measure.wordsFrom.seq, path: `${measure.textPath}what` };
  const registered = reading.facts.find(({ root, kind }) => root === rootEntry && kind === 'requestRegistered');
  if (registered) return registered.texts?.['about'] ? { seq: registered.seq, path: 'about' } : null;
  return asked.find((one) => one.entry === rootEntry && one.subject === subject)?.words ?? null;
};
