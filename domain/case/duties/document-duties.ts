import type { DutyRule } from '../../regulation/regulation.ts';
import { allHold, firstAct, holds } from '../predicates.ts';
import { latestInstant } from '../reading.ts';
import { undated } from './reckoning.ts';
import { awaitedOf, endDay, factStart } from './scene.ts';
import type { Occurrence, RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type DocumentRule = Extract<DutyRule, { form: 'document' }>;
type FileDocument = DocumentRule['documents'][number];

/** The entry from which a document is demanded, known by the last thing that had to happen. */
const demandedSince = ({ when }: FileDocument, scene: Scene): Occurrence | null => {
  const { reading } = scene;
  const asked = { stage: () => scene.stretches.findLast(({ from }) => from <= scene.asOf)?.stage ?? null };
  const evidence = when.map((condition) => holds(condition, reading, asked));
  if (evidence.some((one) => one === null)) return null;
  const opened = reading.facts.find(({ kind }) => kind === 'caseOpened');
  const facts = evidence.flatMap((one) => reading.facts.filter(({ root }) => root === one?.root));
  const last = facts.reduce((a, b) => (a && a.on > b.on ? a : b), opened);
  if (!last) return null;
  return {
    ...factStart(last),
    knownAt: latestInstant([last.recordedAt, ...evidence.map((one) => one?.knownAt ?? '')]),
  };
};

/** One undated duty for each document that the file of the case must hold; whenever it was filed, it is there. */
export const documentDuties = (rule: DocumentRule, scene: Scene): RawDuty[] => {
  const opened = scene.reading.facts.find(({ kind }) => kind === 'caseOpened');
  if (!opened || !allHold(rule.for, scene.reading, {})) return [];
  return rule.documents.flatMap((document): RawDuty[] => {
    const since = demandedSince(document, scene);
    if (!since) return [];
    const act = firstAct(document.met, scene.reading, { on: '' });
    const ended = endDay(rule, scene, since.on, since.root);
    const metOn = act?.on ?? null;
    return [
      {
        key: `${rule.rule}@${opened.root}#${document.id}`,
        rule: rule.rule,
        clause: document.clause,
        what: document.what,
        subject: document.id,
        ...undated(since.title, since.on),
        basis: 'undated',
        awaited: awaitedOf(document.who, scene, act?.root ?? null),
        state: stateOf(metOn, null, ended, scene.asOf),
        metOn,
        scope: rule.scope,
        window: null,
        rootEntry: opened.root,
        knownAt: since.knownAt,
        startOn: since.on,
      },
    ];
  });
};
