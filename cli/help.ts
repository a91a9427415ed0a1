/** What each word does, as people read it: Russian first, English second. */
const sections: Readonly<Record<string, string>> = {
  simulate: `  kurator simulate ФАЙЛ [--json] [--lang ru|en]
      проиграть датированные команды семьи и показать каждую обязанность, её день и почему
      play a family's dated commands and show every duty, its day and why
      --json: для программ, устойчивые имена полей; --lang: язык слов, по умолчанию ru
      --json: for programs, stable names; --lang: the language of the words, ru unless said
      сценарий / a scenario: regulation, zone, commands: [{ on, command, … }], until; или список / or a list`,
  adopt: `  kurator adopt ФАЙЛ [--on ДЕНЬ] [--json] [--lang ru|en]
      что даст приём семьи с таким прошлым и что в этот день просрочено; ничего не записывается
      what taking in a family with this past would bring, and what is late on that day; nothing is written`,
  regulations: `  kurator regulations check [ФАЙЛ…]
      проверить файлы регламентов: ошибка называется файлом, строкой и предложением
      check regulation files: each fault is named by file, line and sentence
  kurator regulations schema
      JSON Schema файла регламента для редактора / the JSON Schema of a regulation's file, for editors`,
  demo: `  kurator demo [logins | reset [--yes]]
      учебные учреждения и семьи, через работающий API; второй раз — только недостающее. logins: все входы;
      reset: начать заново (данные учебной папки откладываются рядом)
      the demo's offices and families, through the running API; a second time only what is missing. logins: all of
      them; reset: begin anew (what is in the demo's data folder is set aside)`,
  institution: `  kurator institution add ФАЙЛ|-
      новое учреждение с его ведомствами и людьми: всё или ничего; печатает одноразовые ссылки, по которым люди
      задают себе пароль. Файл — docs/operations.md, «The first institution»; -: со стандартного ввода
      a new institution with its agencies and people, all or nothing; prints the one-time links by which people set
      their passwords. -: from the standard input
  kurator institution list
      все учреждения: id, название, часовой пояс, регламент / all institutions`,
  staff: `  kurator staff add ФАЙЛ|-
      добавить людей и ведомства в учреждение, так же / add people and agencies to an institution, the same way
  kurator staff link АДРЕС
      новая одноразовая ссылка: пароль забыт или ссылка истекла / a new one-time link: a forgotten password
  kurator staff leave АДРЕС [--yes]
      человек ушёл: сначала показывает, что изменится, и спрашивает; вход закрывается сразу, его дела ждут куратора
      somebody leaves: shows first what becomes of it, and asks; he is out at once, his cases wait for a curator
  kurator staff return АДРЕС
      человек вернулся: новая одноразовая ссылка / somebody is back: a new one-time link
  kurator staff list УЧРЕЖДЕНИЕ
      кто работает и кто ушёл, сколько у кого дел / who works here and who has left, and the cases of each`,
  records: `  kurator records check|rebuild [ДЕЛО…]
      сверить дела с их записями или построить сроки и повестку из записей заново
      compare cases with their own facts, or write what follows from the facts anew
  kurator records restored ОТ [ДО]
      после возврата записей к более раннему состоянию, прежде исполнителя
      after the records were set back to an older state, before a worker runs`,
  engine: `  kurator engine check|repair
      сверить движок с записями или привести его к ним
      compare the engine with the records, or make it follow them`,
};

const title = 'kurator — сопровождение семей по регламенту / support of families by a regulation';

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

/** The help of one word, or of all of them. */
export const helpOf = (word?: string): string =>
  `${title}\n\n${(word !== undefined && sections[word]) || Object.values(sections).join('\n')}\n`;

/** The help that was asked for, with or without a word before it; `null` when none was. */
export const helpAsked = (args: readonly string[]): string | null => {
  const [word, ...rest] = args;
  if (word === undefined || isHelp(word)) return helpOf(isHelp(word) ? rest[0] : undefined);
  return rest.some((option) => option === '--help' || option === '-h') ? helpOf(word) : null;
};
