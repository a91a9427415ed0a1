import type { Sentence } from '../domain/case/duty.ts';

export interface Kind {
  status: number;
  title: Sentence;
  /** Seconds after which the same request may be repeated. */
  retryAfter?: number;
}

/** The API's own refusals. Codes are stable: programs branch on them. Refusals of the domain stand in `refusals.ts`. */
export const problemKinds = {
  'auth.required': { status: 401, title: { ru: 'Войдите, чтобы продолжить.', en: 'Sign in to continue.' } },
  'auth.failed': {
    status: 401,
    title: {
      ru: 'Адрес или пароль неверны.',
      en: 'The address or the password is wrong.',
    },
  },
  'password.link-invalid': {
    status: 410,
    title: {
      ru: 'Ссылка уже использована или истекла. Попросите новую у того, кто её дал.',
      en: 'The link was used already or has expired. Ask the one who gave it for a new one.',
    },
  },
  'access.denied': {
    status: 403,
    title: { ru: 'У вас нет права на это действие.', en: 'You have no right to do this.' },
  },
  'origin.foreign': {
    status: 403,
    title: {
      ru: 'Запрос пришёл с чужой страницы и отклонён.',
      en: 'The request came from a foreign page and is refused.',
    },
  },
  'request.invalid': {
    status: 400,
    title: {
      ru: 'В запросе есть ошибки: исправьте указанные поля.',
      en: 'The request has faults: correct the fields named.',
    },
  },
  'request.too-large': { status: 413, title: { ru: 'Запрос слишком велик.', en: 'The request is too large.' } },
  'request.media-type': {
    status: 415,
    title: { ru: 'Запрос должен быть в формате JSON.', en: 'The request must be JSON.' },
  },
  'request.too-many': {
    status: 429,
    title: {
      ru: 'Слишком много запросов. Повторите немного позже.',
      en: 'Too many requests. Try again a little later.',
    },
    retryAfter: 60,
  },
  'command.key-missing': {
    status: 400,
    title: {
      ru: 'Нужен заголовок Idempotency-Key: своё значение для каждого нового действия, то же — при повторе.',
      en: 'The header Idempotency-Key is needed: a new value for each new action, the same one for a repeat.',
    },
  },
  'command.key-reused': {
    status: 422,
    title: {
      ru: 'Этот Idempotency-Key уже использован для другого действия. Возьмите новый.',
      en: 'This Idempotency-Key was already used for another action. Take a new one.',
    },
  },
  'command.invalid': {
    status: 422,
    title: {
      ru: 'Действие заполнено с ошибками: исправьте указанные поля.',
      en: 'The command has faults: correct the fields named.',
    },
  },
  'command.outcome-unknown': {
    status: 503,
    title: {
      ru: 'Неизвестно, выполнено ли действие. Повторите его с тем же Idempotency-Key: дважды оно не выполнится.',
      en: 'The outcome is unknown. Repeat with the same Idempotency-Key: it will not be done twice.',
    },
    retryAfter: 5,
  },
  'engine.unavailable': {
    status: 503,
    title: {
      ru: 'Действие сохранено, но ещё не выполнено: служба процессов сейчас недоступна. Повторите его с тем же Idempotency-Key.',
      en: 'The command is kept and not yet performed: the engine cannot be reached now. Repeat with the same Idempotency-Key.',
    },
    retryAfter: 5,
  },
  'case.busy': {
    status: 429,
    title: {
      ru: 'По этому делу уже выполняется несколько действий. Повторите через пару секунд.',
      en: 'Several actions on this case are under way. Repeat in a couple of seconds.',
    },
    retryAfter: 2,
  },
  'case.unknown': { status: 404, title: { ru: 'Такого дела нет.', en: 'There is no such case.' } },
  'request.unknown': { status: 404, title: { ru: 'Такого запроса в деле нет.', en: 'The case has no such request.' } },
  'link.unknown': {
    status: 404,
    title: {
      ru: 'Ссылка неверна. Откройте её из письма целиком.',
      en: 'The link is wrong. Open it from the mail in full.',
    },
  },
  'link.expired': {
    status: 410,
    title: {
      ru: 'Срок действия ссылки истёк. Попросите новую: она придёт на адрес вашей организации.',
      en: 'The link has expired. Ask for a new one: it will come to your agency’s address.',
    },
  },
  'link.withdrawn': {
    status: 410,
    title: { ru: 'Запрос отозван, отвечать не нужно.', en: 'The request was withdrawn; no answer is needed.' },
  },
  'request.answered': {
    status: 409,
    title: { ru: 'На этот запрос уже ответили.', en: 'This request has been answered already.' },
  },
  'resource.unknown': {
    status: 404,
    title: { ru: 'Такой страницы или записи нет.', en: 'There is no such page or record.' },
  },
  'simulation.too-long': {
    status: 422,
    title: {
      ru: 'Сценарий считается слишком долго: разделите его на части или сократите.',
      en: 'The scenario takes too long to play: divide it or shorten it.',
    },
  },
  'simulation.busy': {
    status: 429,
    title: {
      ru: 'Сейчас считаются другие сценарии. Повторите через несколько секунд.',
      en: 'Other scenarios are being played now. Repeat in a few seconds.',
    },
    retryAfter: 5,
  },
  'records.unavailable': {
    status: 503,
    title: {
      ru: 'База данных сейчас недоступна. Ничего не записано; повторите через несколько секунд.',
      en: 'The records cannot be reached now. Nothing was written; repeat in a few seconds.',
    },
    retryAfter: 5,
  },
  'law.unknown': {
    status: 503,
    title: {
      ru: 'На сервере нет файла положения, по которому идёт это дело. Его записи целы, сроки идут; сообщите администратору.',
      en: 'The server has no file of the regulation that this case goes by. Its records are whole, its days go on; tell the administrator.',
    },
    retryAfter: 60,
  },
  internal: {
    status: 500,
    title: {
      ru: 'Внутренняя ошибка. Она записана; сообщите номер запроса.',
      en: 'An internal error. It is recorded; give the request’s number.',
    },
  },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof problemKinds;

/** What a problem can say beyond its code. */
export interface ProblemFacts {
  detail?: Sentence;
  errors?: { path: string; message: string }[];
  /** Faults whose sentence exists in both languages; sent as `errors` in the asked one. */
  faults?: { path: string; text: Sentence }[];
  /** Seconds after which to repeat, where it is known better than the kind of problem says. */
  retryAfter?: number;
  /** Kept for the log; never sent. */
  cause?: unknown;
}

/** Thrown by routes and services; the error handler turns it into problem+json. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, facts: ProblemFacts = {}) {
    super(facts.detail?.en ?? problemKinds[code].title.en, { cause: facts.cause });
    this.code = code;
    this.facts = facts;
  }
}
