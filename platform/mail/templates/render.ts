import { clauseWords } from '../../../domain/case/clause-words.ts';
import { NoticeVars, noticeTemplates } from './notice-vars.ts';
import type { NoticeTemplate } from './notice-vars.ts';

export interface RenderedMail {
  subject: string;
  text: string;
}

type Line = (vars: NoticeVars) => string;
interface Words {
  subject: { ru: Line; en: Line };
  body: { ru: Line; en: Line };
}

const ru = new Intl.DateTimeFormat('ru-RU', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const en = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const dayIn = (format: Intl.DateTimeFormat, day: string | null): string =>
  day === null ? '—' : format.format(new Date(`${day}T00:00:00Z`));
const ruDay = (vars: NoticeVars): string => dayIn(ru, vars.dueOn);
const enDay = (vars: NoticeVars): string => dayIn(en, vars.dueOn);
/** With the whole word for the year: its abbreviation ends in a full stop, and so does the sentence. */
const termRu = (vars: NoticeVars): string =>
  vars.dueOn ? `Срок: ${ruDay(vars).replace(/г\.$/, 'года')}` : 'Срок текстом не установлен';
const termEn = (vars: NoticeVars): string => (vars.dueOn ? `Due: ${enDay(vars)}` : 'The text sets no day');

const catalogue: Record<NoticeTemplate, Words> = {
  reminder: {
    subject: { ru: (v) => `срок ${ruDay(v)} — ${v.title.ru}`, en: (v) => `due ${enDay(v)}: ${v.title.en}` },
    body: {
      ru: (v) => `Приближается срок. ${v.title.ru}. ${termRu(v)}.`,
      en: (v) => `A term is near. ${v.title.en}. ${termEn(v)}.`,
    },
  },
  dueToday: {
    subject: { ru: (v) => `сегодня последний день — ${v.title.ru}`, en: (v) => `last day today: ${v.title.en}` },
    body: {
      ru: (v) => `Сегодня последний день срока. ${v.title.ru}.`,
      en: (v) => `Today is the last day. ${v.title.en}.`,
    },
  },
  overdue: {
    subject: {
      ru: (v) => `срок истёк ${ruDay(v)} — ${v.title.ru}`,
      en: (v) => `overdue since ${enDay(v)}: ${v.title.en}`,
    },
    body: {
      ru: (v) =>
        `Срок истёк, а действие не внесено. ${v.title.ru}. ${termRu(v)}. Если оно выполнено, внесите его с днём, когда оно было.`,
      en: (v) =>
        `The term has passed and the act is not recorded. ${v.title.en}. ${termEn(v)}. If it was done, record it with the day it happened.`,
    },
  },
  missed: {
    subject: { ru: (v) => `промежуток закончился — ${v.title.ru}`, en: (v) => `the window has ended: ${v.title.en}` },
    body: {
      ru: (v) =>
        `Промежуток закончился, восполнить пропуск уже нельзя. ${v.title.ru}. ${termRu(v)}. Внесите причину в дело.`,
      en: (v) =>
        `The window has ended and can no longer be made up. ${v.title.en}. ${termEn(v)}. Record the reason in the case.`,
    },
  },
  escalation: {
    subject: { ru: (v) => `не выполнено в срок — ${v.title.ru}`, en: (v) => `not done in time: ${v.title.en}` },
    body: {
      ru: (v) => `Обязанность не выполнена после напоминаний. ${v.title.ru}. ${termRu(v)}. Нужно Ваше решение.`,
      en: (v) => `A duty is not done after reminders. ${v.title.en}. ${termEn(v)}. It needs your decision.`,
    },
  },
  answered: {
    subject: { ru: (v) => `получен ответ — ${v.title.ru}`, en: (v) => `answered: ${v.title.en}` },
    body: { ru: (v) => `Ведомство ответило. ${v.title.ru}.`, en: (v) => `The agency has answered. ${v.title.en}.` },
  },
  failed: {
    subject: { ru: (v) => `не удалось отправить — ${v.title.ru}`, en: (v) => `could not be sent: ${v.title.en}` },
    body: {
      ru: (v) =>
        `Отправка не удалась после всех попыток. ${v.title.ru}. Свяжитесь с ведомством иначе и внесите результат.`,
      en: (v) =>
        `Sending failed after every attempt. ${v.title.en}. Reach the agency another way and record the result.`,
    },
  },
  undelivered: {
    subject: {
      ru: (v) => `письмо не доставлено — ${v.title.ru}`,
      en: (v) => `a mail was not delivered: ${v.title.en}`,
    },
    body: {
      ru: (v) =>
        `Уведомление не удалось доставить тому, кого оно касается. ${v.title.ru}. ${termRu(v)}. Сообщите ему иначе и проверьте адрес.`,
      en: (v) =>
        `A notice could not be delivered to its addressee. ${v.title.en}. ${termEn(v)}. Tell them another way and check the address.`,
    },
  },
  request: {
    subject: {
      ru: (v) => `запрос ведомству${v.dueOn ? `, срок ${ruDay(v)}` : ''} — ${v.title.ru}`,
      en: (v) => `a request${v.dueOn ? `, due ${enDay(v)}` : ''}: ${v.title.en}`,
    },
    body: {
      ru: (v) =>
        `Просим Вас ${v.title.ru}. ${termRu(v)}. Ответить можно по ссылке ниже, без регистрации. Не пересылайте её.`,
      en: (v) => `Please ${v.title.en}. ${termEn(v)}. Answer by the link below, without an account. Do not forward it.`,
    },
  },
};

/**
 * A mail in plain words, Russian first, English second.
 * @throws Error (with no value in it) when the template is unknown or a variable is not on the list.
 */
export function renderNotice(template: string, given: unknown, link: string): RenderedMail {
  const words = (noticeTemplates as readonly string[]).includes(template)
    ? catalogue[template as NoticeTemplate]
    : undefined;
  if (!words) throw new Error(`There is no template "${template}".`);
  const parsed = NoticeVars.safeParse(given);
  if (!parsed.success) {
    const paths = parsed.error.issues.map((issue) => issue.path.join('.') || issue.code);
    throw new Error(`The variables of "${template}" are not on the list: ${paths.join(', ')}.`);
  }
  const vars = { ...parsed.data, title: titleOf(parsed.data) };
  const clauseRu = vars.clause ? `Основание: ${clauseWords(vars.clause).ru}.\n` : '';
  const clauseEn = vars.clause ? `By ${clauseWords(vars.clause).en}.\n` : '';
  const practiceRu = vars.training ? 'УЧЕБНОЕ ДЕЛО. ' : '';
  const practiceEn = vars.training ? 'Training case. ' : '';
  const placeRu = vars.caseNumber === null ? 'Отчёты учреждения' : `Дело ${vars.caseNumber}`;
  const placeEn = vars.caseNumber === null ? 'Reports of the institution' : `Case ${vars.caseNumber}`;
  return {
    subject: `${practiceRu}${placeRu}: ${words.subject.ru(vars)} / ${placeEn}: ${words.subject.en(vars)}`,
    text:
      `${practiceRu}${placeRu}.\n${words.body.ru(vars)}\n${clauseRu}${link}\n\n` +
      `${practiceEn}${placeEn}.\n${words.body.en(vars)}\n${clauseEn}${link}\n`,
  };
}

/** Whose part of the duty it is, where an organisation is awaited. */
function titleOf({ title, agency }: NoticeVars): NoticeVars['title'] {
  return agency === undefined ? title : { ru: `${title.ru} (${agency})`, en: `${title.en} (${agency})` };
}
