import { sayTitle } from '../../lib/i18n.ts';
import type { Duty } from '../../lib/shapes.ts';

/** What must be done, and for which measure or request where one rule makes many duties. */
export const wordsOf = ({ what, about }: Pick<Duty, 'what' | 'about'>): string =>
  about === null ? sayTitle(what) : `${sayTitle(what)}: ${about}`;
