import type { Refusal } from '../../domain/case/decision.ts';
import type { Sentence } from '../../domain/case/duty.ts';
import type { InputError } from '../../domain/commands/command.ts';

/** Refusals of the records themselves: none is legal, so none has a clause. */
const sentences = {
  'case.unknown': { ru: 'Такого дела нет.', en: 'There is no such case.' },
  'case.exists': { ru: 'Это дело уже открыто.', en: 'This case is open already.' },
  'case.not-training': {
    ru: 'Часы можно переводить только в учебном деле.',
    en: 'Only a training case’s clock can be moved.',
  },
  'clock.backwards': { ru: 'Часы учебного дела идут только вперёд.', en: 'A training case’s clock only goes forward.' },
  'clock.nothing-ahead': { ru: 'В этом деле больше ничего не ожидается.', en: 'Nothing more is awaited in this case.' },
  'command.abandoned': {
    ru: 'Действие не было выполнено и снято. Начните его заново.',
    en: 'The command was not performed and has been dropped. Start it anew.',
  },
  'command.invalid': { ru: 'Действие заполнено с ошибками.', en: 'The command has faults.' },
  'regulation.unknown': { ru: 'Такого положения нет.', en: 'There is no such regulation.' },
  'version.unknown': {
    ru: 'Такой редакции этого положения нет.',
    en: 'This regulation has no such version.',
  },
  'state.stale': {
    ru: 'Дело изменилось с тех пор, как вы его открыли. Обновите страницу и проверьте действие.',
    en: 'The case has changed since you opened it. Reload it and check your action.',
  },
} satisfies Record<string, Sentence>;

export type RecordsRefusalCode = keyof typeof sentences;
export const recordsRefusalCodes = Object.keys(sentences) as RecordsRefusalCode[];

/** `missing`: what would have to be there first, one sentence each. */
export const refuse = (code: RecordsRefusalCode, missing: Sentence[] = []): Refusal => ({
  code,
  clause: null,
  text: sentences[code],
  missing,
});

/** A body that the table of commands does not know as such a command. */
export const invalid = (errors: readonly InputError[]): Refusal =>
  refuse(
    'command.invalid',
    errors.map(({ message, ru }) => ({ ru, en: message })),
  );
