import type { Sentence } from '../../domain/case/duty.ts';
import { stageCodes } from '../../domain/case/stage.ts';
import { clausesOf } from '../../domain/regulation/clauses.ts';
import type { NamedList } from '../../domain/regulation/regulation.ts';
import { loadRegulations } from '../../platform/regulations/load.ts';
import { findRegulationSource } from '../../platform/regulations/read-source.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

const named = (sentences: Readonly<Record<string, Sentence>>) =>
  Object.entries(sentences).map(([code, name]) => ({ code, name }));

const listed = (lists: Readonly<Record<string, NamedList>>) =>
  Object.entries(lists).map(([code, { title, clause, serves, items }]) => ({
    code,
    title,
    clause,
    serves: [...serves],
    items: named(items),
  }));

/** The law that the product runs by: public, the same for every institution. */
export function regulationServices({ records }: Wiring): Pick<Services, 'listRegulations' | 'findRegulation'> {
  return {
    listRegulations: () =>
      Promise.resolve({
        items: [...loadRegulations().values()].map(({ id, version, title }) => ({ id, version, title })),
        nextCursor: null,
      }),

    findRegulation: async (id, version) => {
      const regulation = records.rules.findRegulation(id, version);
      const found = findRegulationSource(id, version);
      if (!regulation || !found) return undefined;
      const published = await records.db.inSystemScope((tx) =>
        tx.regulationVersion.findUnique({ where: { id_version: { id, version } }, select: { publishedAt: true } }),
      );
      return {
        id,
        version,
        title: regulation.title,
        bodies: named(regulation.bodies),
        categories: named(regulation.categories),
        levels: Object.entries(regulation.levels).map(([code, { clause, title, signs }]) => ({
          code,
          name: title,
          clause,
          signs: [...signs],
        })),
        stages: stageCodes.flatMap((code) => {
          const stage = regulation.stages[code];
          return stage ? [{ code, name: stage.title, clause: stage.clause }] : [];
        }),
        lists: listed(regulation.lists),
        indicators: listed(regulation.indicators),
        clauses: clausesOf(regulation),
        sha256: found.sha256,
        source: found.source,
        publishedAt: published?.publishedAt.toISOString() ?? null,
      };
    },
  };
}
