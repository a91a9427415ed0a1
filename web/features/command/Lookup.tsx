import { sayClause } from '../../lib/clause.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { NamedList } from '../../lib/shapes.ts';
import { Fold } from '../../ui/Fold.tsx';
import classes from './Lookup.module.css';

/** Lists of the regulation that help to fill in the form of a command, each folded beside it. */
export function Lookups({ lists, command }: { lists: readonly NamedList[]; command: string }) {
  return lists
    .filter(({ serves }) => serves.includes(command))
    .map(({ code, title, clause, items }) => (
      <Fold key={code} summary={`${sayTitle(title)} · ${sayClause(clause)}`}>
        <ul className={classes.items}>
          {items.map((item) => (
            <li key={item.code}>{sayTitle(item.name)}</li>
          ))}
        </ul>
      </Fold>
    ));
}
