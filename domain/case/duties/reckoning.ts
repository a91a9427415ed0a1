import { addDays } from '../../calendar/civil.ts';
import type { Day } from '../../calendar/day.ts';
import { isProvisional, workingSaturday } from '../../calendar/production-calendar.ts';
import type { ProductionCalendar } from '../../calendar/production-calendar.ts';
import { endOfTerm, moveBackOffDaysOff, moveOffDaysOff } from '../../calendar/terms.ts';
import type { Cycle, Term, TermEnd } from '../../calendar/terms.ts';
import type { Sentence, WhyStep } from '../duty.ts';
import { dayWords, say, termWords, weeksWords } from '../words.ts';
import type { Occurrence, Scene } from './scene.ts';
import { extendedDays, suspendedDays } from './scene.ts';

/** A day with its reckoning. */
export interface Reckoned {
  dueOn: Day | null;
  unmovedDueOn: Day | null;
  provisional: boolean;
  why: WhyStep[];
}

const step = (kind: WhyStep['kind'], day: Day | null, text: Sentence): WhyStep => ({ kind, day, text });

const startStep = (title: Sentence, on: Day): WhyStep =>
  step('start', on, say('{day}: {title}', '{day}: {title}', { day: dayWords(on), title }));

const resultStep = (calendar: ProductionCalendar, due: Day): WhyStep =>
  step(
    'result',
    due,
    isProvisional(calendar, due)
      ? say(
          'срок — {day}; предварительно: календарь этого года ещё не опубликован',
          'due {day}; provisional: the calendar of that year is not published yet',
          { day: dayWords(due) },
        )
      : say('срок — {day}', 'due {day}', { day: dayWords(due) }),
  );

/** The days off between the reckoned day and the due day, each with its name (Civil Code, article 193). */
const moving = (calendar: ProductionCalendar, unmoved: Day, back = false): { dueOn: Day; why: WhyStep[] } => {
  const { due, skipped } = (back ? moveBackOffDaysOff : moveOffDaysOff)(calendar, unmoved);
  const why = skipped.map(({ day, name }) =>
    step(
      'dayOff',
      day,
      say('{day} — нерабочий день: {name}', '{day} is a day off: {name}', { day: dayWords(day), name }),
    ),
  );
  if (due !== unmoved) {
    why.push(
      step(
        'moved',
        due,
        back
          ? say(
              'день нерабочий, по тексту — последний рабочий день перед ним',
              'it is a day off; by the text, the last working day before it',
            )
          : say(
              'последний день нерабочий, срок переходит на ближайший рабочий день (ст. 193 ГК РФ)',
              'the last day is a day off, so the term ends on the next working day (Civil Code, article 193)',
            ),
      ),
    );
  }
  const saturday = workingSaturday(calendar, due);
  if (saturday)
    why.push(
      step(
        'notMoved',
        due,
        say('{day} — {name}, срок не переносится', '{day} is a {name}, so it is not moved', {
          day: dayWords(due),
          name: saturday,
        }),
      ),
    );
  return { dueOn: due, why };
};

/** No day: the text demands the act and names no term. */
export const undated = (title: Sentence, on: Day, reason?: Sentence): Reckoned => ({
  dueOn: null,
  unmovedDueOn: null,
  provisional: false,
  why: [
    startStep(title, on),
    step(
      'noDay',
      null,
      reason ??
        say(
          'текст требует действия, но дня не называет: по закону не опаздывает',
          'the text demands the act and names no day: it is never late by law',
        ),
    ),
  ],
});

/** At once, or on a day that is set: never moved off a day off. */
export const onThatDay = ({ reading: { calendar } }: Scene, { title, on }: Occurrence): Reckoned => ({
  dueOn: on,
  unmovedDueOn: on,
  provisional: isProvisional(calendar, on),
  why: [
    startStep(title, on),
    step('notMoved', on, say('незамедлительно: на рабочий день не переносится', 'at once: not moved off a day off')),
    resultStep(calendar, on),
  ],
});

/** An appointment: never moved off a day off. */
export const appointed = ({ reading: { calendar } }: Scene, title: Sentence, on: Day): Reckoned => ({
  dueOn: on,
  unmovedDueOn: on,
  provisional: isProvisional(calendar, on),
  why: [
    startStep(title, on),
    step('notMoved', on, say('назначенный день: на рабочий не переносится', 'an appointment: not moved off a day off')),
    resultStep(calendar, on),
  ],
});

/** A named day that is a term: it moves off days off. */
export const namedDay = (
  { reading: { calendar } }: { reading: Pick<Scene['reading'], 'calendar'> },
  title: Sentence,
  day: Day,
  back = false,
): Reckoned => {
  const moved = moving(calendar, day, back);
  return {
    dueOn: moved.dueOn,
    unmovedDueOn: day,
    provisional: isProvisional(calendar, moved.dueOn),
    why: [startStep(title, day), ...moved.why, resultStep(calendar, moved.dueOn)],
  };
};

const termStep = ({ unmoved, clamped }: TermEnd, term: Term): WhyStep =>
  step(
    'term',
    unmoved,
    clamped
      ? say(
          '{term}: такого числа в месяце нет, берётся его последний день (ст. 192 ГК РФ) — {day}',
          '{term}: the month has no such day, so its last one (Civil Code, article 192): {day}',
          { term: termWords(term), day: dayWords(unmoved) },
        )
      : say(
          '{term}, отсчёт со следующего дня (ст. 191 ГК РФ) — {day}',
          '{term}, counted from the next day (Civil Code, article 191): {day}',
          { term: termWords(term), day: dayWords(unmoved) },
        ),
  );

/** Counting rules 1 to 3: a term that nothing suspends or extends. */
export const reckonPlain = (calendar: ProductionCalendar, title: Sentence, on: Day, term: Term): Reckoned => {
  const end = endOfTerm(calendar, on, term);
  const moved = moving(calendar, end.unmoved);
  return {
    dueOn: moved.dueOn,
    unmovedDueOn: end.unmoved,
    provisional: isProvisional(calendar, moved.dueOn),
    why: [startStep(title, on), termStep(end, term), ...moved.why, resultStep(calendar, moved.dueOn)],
  };
};

/** Counting rules 1 to 3 and 7. */
export const reckon = (scene: Scene, start: Occurrence, term: Term, rule: string, key: string): Reckoned => {
  const { calendar, regulation } = scene.reading;
  const end = endOfTerm(calendar, start.on, term);
  const why = [startStep(start.title, start.on), termStep(end, term)];
  const suspended = regulation.house.suspendable.includes(rule) ? suspendedDays(scene, start.on, end.unmoved) : 0;
  const shift = suspended + extendedDays(scene, rule, key);
  const unmoved = addDays(end.unmoved, shift);
  if (shift) {
    why.push(
      step(
        'shift',
        unmoved,
        say(
          'приостановление и продление по правилам учреждения: +{n} дн. — {day}',
          'suspension and extension by the rules of the institution: +{n} days: {day}',
          { n: shift, day: dayWords(unmoved) },
        ),
      ),
    );
  }
  const moved = moving(calendar, unmoved);
  return {
    dueOn: moved.dueOn,
    unmovedDueOn: unmoved,
    provisional: isProvisional(calendar, moved.dueOn),
    why: [...why, ...moved.why, resultStep(calendar, moved.dueOn)],
  };
};

/** The last day of a window: counted from the anchor, never moved (rule 5). */
export const windowEnd = (scene: Scene, anchor: Occurrence, every: Cycle, index: number, to: Day): Reckoned => {
  const { calendar } = scene.reading;
  const clamped = 'months' in every && to.slice(8) !== anchor.on.slice(8);
  const term = 'weeks' in every ? weeksWords(every.weeks * index) : termWords({ months: every.months * index });
  return {
    dueOn: to,
    unmovedDueOn: to,
    provisional: isProvisional(calendar, to),
    why: [
      startStep(anchor.title, anchor.on),
      step(
        'term',
        to,
        clamped
          ? say(
              '{n}-й промежуток кончается через {term} от начала; такого числа в месяце нет, берётся последний день — {day}',
              'window {n} ends {term} after the start; the month has no such day, so its last one: {day}',
              { n: index, term, day: dayWords(to) },
            )
          : say(
              '{n}-й промежуток кончается через {term} от начала — {day}',
              'window {n} ends {term} after the start: {day}',
              { n: index, term, day: dayWords(to) },
            ),
      ),
      step(
        'notMoved',
        to,
        say(
          'конец промежутка на рабочий день не переносится: нужное число раз должно уложиться в него',
          'the end of a window is never moved: the minimum must fall into it',
        ),
      ),
      resultStep(calendar, to),
    ],
  };
};
