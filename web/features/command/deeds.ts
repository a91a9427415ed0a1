import type { Duty } from '../../lib/shapes.ts';
import { commandForms } from './forms.ts';

export interface Deed {
  command: string;
  preset: Readonly<Record<string, unknown>>;
}

/** The forms that perform a duty, in order: the acts its rule still lacks, as far as there is a form for each. */
export const deedsOf = ({ acts }: Pick<Duty, 'acts'>): Deed[] =>
  acts
    .filter(({ command }) => command in commandForms)
    .map(({ command, fields, proposes }) => ({ command, preset: { ...proposes, ...fields } }));

/** What to do next for a duty, or `undefined` where no form does it: then the case's page leads on. */
export const findDeed = (duty: Pick<Duty, 'acts'>): Deed | undefined => deedsOf(duty)[0];
