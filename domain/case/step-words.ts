import type { AgendaItem } from './agenda.ts';
import type { Sentence } from './duty.ts';
import { plural, say } from './words.ts';

const plain: Readonly<Record<string, Sentence>> = {
  overdue: { ru: 'сообщение о просрочке', en: 'notice that it is overdue' },
  missed: { ru: 'сообщение об упущенном промежутке', en: 'notice that a window was missed' },
  undelivered: { ru: 'сообщение: письмо не доставлено', en: 'notice that a mail was not delivered' },
  answered: { ru: 'сообщение об ответе ведомства', en: 'notice of an agency’s answer' },
  request: { ru: 'запрос ведомству', en: 'request to an agency' },
};

/** What the process does at a step of its ladder, for people. A step that a later release knows is shown by its code. */
export const stepWords = (step: AgendaItem['step']): Sentence => {
  const [family = step, count] = step.split('-');
  const days = Number(count);
  if (family === 'remind')
    return say('напоминание за {n} {ru} до срока', 'reminder {n} {en} before the day', workingDays(days));
  if (family === 'escalate')
    return say('сообщение через {n} {ru} после срока', 'escalation {n} {en} after the day', workingDays(days));
  return plain[family] ?? { ru: step, en: step };
};

const workingDays = (n: number) => ({
  n,
  ru: plural(n, 'рабочий день', 'рабочих дня', 'рабочих дней'),
  en: n === 1 ? 'working day' : 'working days',
});
