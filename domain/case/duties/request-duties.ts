import { completes, concerns } from '../../agencies/requests.ts';
import type { Asked } from '../../agencies/requests.ts';
import type { Fact } from '../fact.ts';
import { houseTitles } from '../house-titles.ts';
import { say } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { reckon, undated } from './reckoning.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

const base = (asked: Asked) =>
  ({
    clause: '',
    subject: asked.subject,
    scope: 'case',
    window: null,
    rootEntry: asked.entry,
    provisional: false,
  }) as const;

const endOf = (scene: Scene): string | null => scene.ended?.on ?? null;

/** An agency acknowledges what it is sent within the institution's own days; any answer of it does. */
const acknowledgement = (scene: Scene, asked: Asked): RawDuty => {
  const rule = 'acknowledgement';
  const key = `${rule}@${asked.entry}#${asked.subject}`;
  const said = scene.reading.facts.filter(
    (fact) => (fact.kind === 'requestAnswered' || fact.kind === 'resultRecorded') && concerns(fact, asked),
  );
  const answer = said[0];
  // A later answer that performs a measure is told of by the duty of that measure.
  const answers = said.filter(
    (fact) =>
      fact.kind === 'requestAnswered' && (fact === answer || asked.kind !== 'measure' || !completes(fact, asked)),
  );
  const start = {
    on: asked.on,
    root: asked.entry,
    knownAt: asked.fact.recordedAt,
    title: say('запрос направлен (запись № {n})', 'request made (entry {n})', { n: asked.fact.seq }),
  };
  const day = reckon(scene, start, scene.reading.regulation.house.acknowledge, rule, key);
  const endedOn = endOf(scene);
  return {
    ...base(asked),
    key,
    rule,
    what: houseTitles[rule],
    basis: 'internal',
    ...judgedByItsDay(scene, key, day, (dueOn) => ({
      state: stateOf(answer?.on ?? null, dueOn, endedOn, scene.asOf),
    })),
    endedOn,
    awaited: { kind: 'agency', code: asked.agency },
    metOn: answer?.on ?? null,
    knownAt: start.knownAt,
    startOn: start.on,
    ...(answers.length ? { answers: answers.map(({ root, recordedAt }) => ({ entry: root, at: recordedAt })) } : {}),
  };
};

/** A request whose mail failed is brought by other means: visible, the curator's, without a day. */
const delivery = (scene: Scene, asked: Asked, failed: Fact): RawDuty => {
  const rule = 'delivery';
  const settled = scene.reading.facts.find(
    (fact) =>
      fact.seq > failed.seq &&
      ['requestDelivered', 'requestSent', 'requestAnswered', 'resultRecorded'].includes(fact.kind) &&
      concerns(fact, asked),
  );
  const title = say('письмо организации не доставлено (запись № {n})', 'the mail to the agency failed (entry {n})', {
    n: failed.seq,
  });
  return {
    ...base(asked),
    key: `${rule}@${asked.entry}#${asked.subject}`,
    rule,
    what: houseTitles[rule],
    basis: 'undated',
    ...undated(
      title,
      failed.on,
      say('внутренняя обязанность учреждения, дня нет', "the institution's own duty, without a day"),
    ),
    awaited: { kind: 'role', code: 'curator' },
    state: stateOf(settled?.on ?? null, null, endOf(scene), scene.asOf),
    metOn: settled?.on ?? null,
    knownAt: failed.recordedAt,
    startOn: failed.on,
  };
};

/** The institution's own duties around its requests to agencies. */
export const requestDuties = (scene: Scene): RawDuty[] =>
  scene.asked.flatMap((asked) => {
    const failed = scene.reading.facts.find((fact) => fact.kind === 'requestFailed' && concerns(fact, asked));
    return failed ? [acknowledgement(scene, asked), delivery(scene, asked, failed)] : [acknowledgement(scene, asked)];
  });
