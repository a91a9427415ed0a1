import type { Answer, Asked, Receipt, Reply } from './api.ts';
import { isDay } from '../../domain/calendar/civil.ts';
import { answerCode } from '../lib/answer-code.ts';
import { dottedDay } from '../lib/days.ts';
import { parseDay } from '../lib/parse-day.ts';
import { button, el } from './dom.ts';
import type { Key } from './words.ts';

type Say = (key: Key, slots?: Record<string, string>) => string;

const answers: readonly Answer[] = ['done', 'needTime', 'cannot'];

const line = (label: string, value: string): HTMLElement => el('div', {}, el('dt', {}, label), el('dd', {}, value));

const answerWords = (request: Asked, answer: Answer, t: Say): string => t(answerCode(request.kind, answer));

/** Who asks, what, by when and on what ground: no more about the family than the request says. */
export function requestSummary(request: Asked, t: Say): HTMLElement {
  const facts = el('dl', {}, line(t('case'), request.caseNumber));
  if (request.what !== null) facts.append(line(t('what'), request.what));
  facts.append(line(t('due'), request.dueOn === null ? t('noDue') : dottedDay(request.dueOn)));
  const measures = el(
    'ul',
    {},
    ...request.measures.map((measure) =>
      el('li', {}, measure.dueOn === null ? measure.what : `${measure.what} — ${dottedDay(measure.dueOn)}`),
    ),
  );
  return el(
    'section',
    { class: 'card' },
    el('p', { class: 'lead' }, t('asks', { institution: request.institution, agency: request.agency })),
    facts,
    request.measures.length === 0 ? null : el('p', {}, t('acknowledge')),
    request.measures.length === 0 ? null : measures,
  );
}

/** Three answers; choosing one opens what it asks for. Nothing is sent from here. */
export function answerForm(request: Asked, before: Reply | null, t: Say, done: (reply: Reply) => void): HTMLElement {
  const faults = el('div', { class: 'faults', role: 'alert' });
  const until = el('input', {
    id: 'until',
    autocomplete: 'off',
    'aria-describedby': 'until-hint',
    value: before?.until === undefined ? '' : dottedDay(before.until),
  });
  const text = el(
    'textarea',
    { id: 'text', rows: '4', maxlength: '4000', 'aria-describedby': 'text-hint' },
    before?.text ?? '',
  );
  const untilRow = el(
    'div',
    { class: 'field' },
    el('label', { for: 'until' }, t('until')),
    until,
    el('p', { class: 'hint', id: 'until-hint' }, t('untilHint')),
  );
  const textLabel = el('label', { for: 'text' });
  const textRow = el(
    'div',
    { class: 'field' },
    textLabel,
    text,
    el('p', { class: 'hint', id: 'text-hint' }, t('textHint')),
  );
  const choices = answers.map((answer) => {
    const input = el('input', {
      type: 'radio',
      name: 'answer',
      value: answer,
      id: answer,
      checked: before?.answer === answer,
    });
    input.addEventListener('change', open);
    return { answer, input };
  });
  const form = el(
    'form',
    { novalidate: true },
    faults,
    el(
      'fieldset',
      {},
      el('legend', {}, t('question')),
      ...choices.map(({ answer, input }) =>
        el('div', { class: 'choice' }, input, el('label', { for: answer }, answerWords(request, answer, t))),
      ),
    ),
    untilRow,
    textRow,
    el('button', { type: 'submit', class: 'primary' }, t('next')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    check();
  });
  open();
  return form;

  function chosen(): Answer | undefined {
    return choices.find(({ input }) => input.checked)?.answer;
  }

  function open(): void {
    const answer = chosen();
    untilRow.hidden = answer !== 'needTime';
    textRow.hidden = answer === undefined;
    textLabel.textContent = t(answer === 'cannot' ? 'textCannot' : answer === 'needTime' ? 'textTime' : 'textDone');
  }

  function check(): void {
    const answer = chosen();
    const said = text.value.trim();
    const day = parseDay(until.value, request.today, 'future');
    const found: [string, Key][] = [];
    if (answer === undefined) found.push(['done', 'answerNeeded']);
    if (answer === 'needTime' && (day === null || !isDay(day))) found.push(['until', 'untilWrong']);
    else if (answer === 'needTime' && day !== null && day <= request.today) found.push(['until', 'untilPast']);
    if (answer === 'cannot' && said === '') found.push(['text', 'textNeeded']);
    faults.replaceChildren();
    if (found.length > 0 || answer === undefined) {
      faults.append(
        el('p', {}, t('faults')),
        el('ul', {}, ...found.map(([id, key]) => el('li', {}, leadTo(id, t(key))))),
      );
      document.getElementById(found[0]?.[0] ?? 'done')?.focus();
      return;
    }
    done({
      answer,
      ...(answer === 'needTime' && day !== null ? { until: day } : {}),
      ...(said === '' ? {} : { text: said }),
    });
  }
}

const leadTo = (id: string, words: string): HTMLElement =>
  button(words, 'link', () => document.getElementById(id)?.focus());

interface Pressed {
  change: () => void;
  send: (sender: HTMLButtonElement) => void;
}

/** The answer once more before it goes: what is sent here enters the family's case. */
export function checkAnswer(request: Asked, reply: Reply, t: Say, pressed: Pressed): HTMLElement {
  const facts = el(
    'dl',
    {},
    line(t('case'), request.caseNumber),
    line(t('checkAnswer'), answerWords(request, reply.answer, t)),
  );
  if (reply.until !== undefined) facts.append(line(t('until'), dottedDay(reply.until)));
  if (reply.text !== undefined) facts.append(line(t('checkText'), reply.text));
  const sender = button(t('send'), 'primary', () => pressed.send(sender));
  return el(
    'div',
    {},
    el('section', { class: 'card' }, facts),
    el('p', { class: 'buttons' }, sender, button(t('change'), 'plain', pressed.change)),
  );
}

/** What is still to be done: an answer is not always the end of it. */
const furtherWords = ({ kind }: Asked, answer: Answer): Key => {
  if (answer === 'done') return kind === 'acknowledgePlan' ? 'receiptPlan' : 'receiptKeep';
  return answer === 'needTime' && kind !== 'acknowledgePlan' ? 'receiptTime' : 'receiptSeen';
};

export function receipt(request: Asked, taken: Receipt, t: Say): HTMLElement {
  return el(
    'section',
    { class: 'card done' },
    el('p', { class: 'lead' }, t('receiptNumber', { number: taken.number })),
    el('p', {}, t('receiptOn', { day: dottedDay(taken.on) })),
    el(
      'p',
      {},
      `${t('checkAnswer')}: ${answerWords(request, taken.answer, t)}${taken.until === null ? '' : `, ${t('until').toLowerCase()}: ${dottedDay(taken.until)}`}`,
    ),
    el('p', { class: 'hint' }, t(furtherWords(request, taken.answer))),
    button(t('print'), 'plain', () => window.print()),
  );
}
