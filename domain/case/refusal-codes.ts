import type { Sentence } from './duty.ts';

/** `legal`: a clause says so; the others are the closed list of reasons that are not legal. */
export interface RefusalCode {
  reason: 'legal' | 'reference' | 'closed' | 'stale' | 'right' | 'future' | 'duplicate';
  text: Sentence;
}

/** Every code of a refusal, with its sentence. Codes are wire names: they never change. */
export const refusalCodes = {
  'clause.not-fulfilled': {
    reason: 'legal',
    text: { ru: 'Положение не позволяет этот шаг сейчас.', en: 'The regulation does not allow this step now.' },
  },
  'case.not-open': {
    reason: 'reference',
    text: { ru: 'Дело на этот день ещё не открыто.', en: 'The case is not open on that day yet.' },
  },
  'case.duplicate': { reason: 'duplicate', text: { ru: 'Это уже записано.', en: 'This is on record already.' } },
  'case.closed': {
    reason: 'closed',
    text: {
      ru: 'Сопровождение прекращено: после его окончания действия не записываются.',
      en: 'Support has ended: nothing is recorded after its end.',
    },
  },
  'entry.day-in-future': {
    reason: 'future',
    text: { ru: 'День события ещё не наступил.', en: 'The day of the event has not come yet.' },
  },
  'entry.unknown': { reason: 'reference', text: { ru: 'Такой записи в деле нет.', en: 'The case has no such entry.' } },
  'entry.already-annulled': {
    reason: 'duplicate',
    text: { ru: 'Эта запись уже отменена или исправлена.', en: 'That entry is already annulled or corrected.' },
  },
  'entry.not-annullable': {
    reason: 'reference',
    text: {
      ru: 'Эту запись нельзя отменить: на ней держится всё дело. Её можно исправить.',
      en: 'That entry cannot be annulled: the whole case rests on it. It can be corrected.',
    },
  },
  'reference.unknown': {
    reason: 'reference',
    text: {
      ru: 'Названо то, чего нет в деле или в учреждении.',
      en: 'It names something that the case or the institution does not have.',
    },
  },
  'field.missing': {
    reason: 'reference',
    text: {
      ru: 'Не хватает того, без чего действие нельзя записать.',
      en: 'Something is missing without which it cannot be recorded.',
    },
  },
  'sop.not-recorded': {
    reason: 'reference',
    text: {
      ru: 'По записям семья не находится в социально опасном положении. Сначала внесите постановление о его установлении.',
      en: 'By the records the family is not in СОП. Enter the resolution that established it first.',
    },
  },
  'suspension.none': {
    reason: 'reference',
    text: { ru: 'Сопровождение не приостановлено.', en: 'Support is not suspended.' },
  },
  'house.not-extendable': {
    reason: 'reference',
    text: {
      ru: 'Этот срок не продлевается: ни положение, ни правила учреждения этого не предусматривают.',
      en: "This term cannot be extended: neither the text nor the institution's own rules provide for it.",
    },
  },
  'version.same': {
    reason: 'duplicate',
    text: { ru: 'Дело уже ведётся по этой редакции.', en: 'The case already follows that version.' },
  },
  'state.stale': {
    reason: 'stale',
    text: {
      ru: 'Дело изменилось с тех пор, как вы его открыли. Посмотрите на него ещё раз.',
      en: 'The case has changed since you opened it. Look at it again.',
    },
  },
  'past.out-of-order': {
    reason: 'reference',
    text: {
      ru: 'Прошлое дела записывается по порядку дней.',
      en: 'The past of a case is told in the order of its days.',
    },
  },
  'past.refused': {
    reason: 'reference',
    text: {
      ru: 'Дело не принято: в его прошлом есть записи, которые нельзя внести. Ничего не записано.',
      en: 'The case is not adopted: its past has entries that cannot be recorded. Nothing was written.',
    },
  },
  'access.denied': {
    reason: 'right',
    text: { ru: 'У вас нет права на это действие.', en: 'You have no right to do this.' },
  },
} as const satisfies Record<string, RefusalCode>;

export type RefusalCodeWord = keyof typeof refusalCodes;

/** Codes of advices: the step passes, and the sentence is shown. */
export const adviceCodes = {
  'advice.clause': { ru: 'Положение советует иначе.', en: 'The regulation advises otherwise.' },
  'advice.contradiction': { ru: 'Запись противоречит более поздней.', en: 'The entry contradicts a later one.' },
  'advice.past-against-clause': {
    ru: 'Запись прошлого не отвечает положению: внесена как есть.',
    en: 'An entry of the past does not meet the regulation: it is recorded as it was.',
  },
  'advice.not-sent-to-all': {
    ru: 'План разослан не всем ответственным.',
    en: 'The plan has not been sent to everyone responsible.',
  },
  'advice.not-in-plan': {
    ru: 'Учреждения нет среди ответственных по плану.',
    en: 'The agency is not among those responsible in the plan.',
  },
  'advice.outside-plan-term': {
    ru: 'Срок мероприятия позже срока плана.',
    en: "The measure's day is later than the plan's term.",
  },
  'advice.reason-asked': {
    ru: 'Промежуток был упущен: нужна причина.',
    en: 'A window was missed: its reason is asked for.',
  },
  'advice.unknown-request': {
    ru: 'Такого запроса в деле нет.',
    en: 'The case has no such request.',
  },
  'advice.unknown-report': {
    ru: 'Такого отчёта положение не требует.',
    en: 'The regulation asks for no such report.',
  },
  'advice.suspension-moves-nothing': {
    ru: 'Приостановление записано; сроков оно не меняет.',
    en: 'The suspension is recorded; it moves no day.',
  },
} as const satisfies Record<string, Sentence>;
