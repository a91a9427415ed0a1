import { clauseWords } from '../../domain/case/clause-words.ts';
import { say } from './i18n.ts';

/** The clause as people cite it, in the language of the page: its code is no word for a person. */
export const sayClause = (clause: string): string => say(clauseWords(clause));
