import './agency.css';
import { askNewLink, readRequest, Refused, sendAnswer } from './api.ts';
import type { Asked, Reply } from './api.ts';
import { button, el } from './dom.ts';
import { answerForm, checkAnswer, receipt, requestSummary } from './views.ts';
import { keepLanguage, readLanguage, say } from './words.ts';
import type { Key, Language } from './words.ts';

/**
 * The page an officer opens from a mail. The token stands in the fragment, which no server sees, and leaves the
 * address bar at once, so that it stays out of histories and screenshots. Reading spends nothing; only a press sends.
 */
const token = window.location.hash.slice(1);
history.replaceState(null, '', window.location.pathname);

const root = document.getElementById('root') as HTMLElement;
let language: Language = readLanguage();
let asked: Asked | null = null;
let reply: Reply | null = null;

const t = (key: Key, slots?: Record<string, string>): string => say(language, key, slots);

function show(title: Key, ...content: (Node | null)[]): void {
  document.documentElement.lang = language;
  document.title = t(title);
  const heading = el('h1', { tabindex: '-1' }, t(title));
  const other: Language = language === 'ru' ? 'en' : 'ru';
  const change = button(t('language'), 'link', () => {
    language = other;
    keepLanguage(other);
    void begin();
  });
  change.lang = other;
  root.replaceChildren(heading, ...content.filter((node) => node !== null), el('footer', {}, change));
  heading.focus();
}

async function begin(): Promise<void> {
  if (token === '') return show('wrongTitle', el('p', {}, t('wrongText')));
  show('title', el('p', { role: 'status' }, t('loading')));
  try {
    asked = await readRequest(token, language);
    place(asked);
  } catch (error) {
    failed(error, () => void begin());
  }
}

function place(request: Asked): void {
  const summary = requestSummary(request, t);
  if (request.state === 'answered')
    show('answeredTitle', summary, request.receipt === null ? null : receipt(request, request.receipt, t));
  else if (request.state === 'withdrawn') show('withdrawnTitle', summary, el('p', {}, t('withdrawnText')));
  else if (request.state === 'expired') expired();
  else ask(request);
}

function ask(request: Asked): void {
  show(
    'title',
    requestSummary(request, t),
    answerForm(request, reply, t, (given) => check(request, given)),
  );
}

function check(request: Asked, given: Reply): void {
  reply = given;
  show(
    'checkTitle',
    checkAnswer(request, given, t, {
      change: () => ask(request),
      send: (sender) => void send(request, given, sender),
    }),
  );
}

async function send(request: Asked, given: Reply, sender: HTMLButtonElement): Promise<void> {
  sender.disabled = true;
  sender.textContent = t('sending');
  try {
    const taken = await sendAnswer(token, given, language);
    show('receiptTitle', receipt(request, taken, t));
  } catch (error) {
    failed(error, () => void send(request, given, sender));
  }
}

function expired(): void {
  const ask = button(t('newLink'), 'primary', () => {
    ask.disabled = true;
    askNewLink(token, language).then(
      () => show('expiredTitle', el('p', { role: 'status' }, t('linkSent'))),
      (error: unknown) => failed(error, expired),
    );
  });
  show('expiredTitle', el('p', {}, t('expiredText')), ask);
}

function failed(error: unknown, retry: () => void): void {
  const refused = error instanceof Refused ? error : new Refused(0, 'offline', '');
  if (refused.code === 'link.expired') return expired();
  if (refused.code === 'link.withdrawn') return show('withdrawnTitle', el('p', {}, t('withdrawnText')));
  if (refused.code === 'link.unknown') return show('wrongTitle', el('p', {}, t('wrongText')));
  const words = refused.status === 0 ? t('offline') : `${refused.message} (${refused.code})`;
  show('troubleTitle', el('p', { role: 'alert' }, words), button(t('retry'), 'primary', retry));
}

void begin();
