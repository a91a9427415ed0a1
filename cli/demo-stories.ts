import { readFile, readdir } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { addDays } from '../domain/calendar/civil.ts';
import type { Day } from '../domain/calendar/day.ts';

const Step = z.looseObject({ on: z.string(), command: z.string() });
const Story = z.strictObject({
  code: z.string().regex(/^[a-z-]+$/),
  training: z.boolean().default(false),
  /** Days ago of each family's opening. */
  ages: z.array(z.number().int().nonnegative()).min(1),
  open: z.looseObject({ ground: z.string() }),
  facts: z.array(Step),
  now: z.array(Step.extend({ as: z.enum(['curator', 'head']).default('curator') })).default([]),
});

const Names = z.strictObject({
  surnames: z.string().transform((text) => text.trim().split(/\s+/)),
  parents: z.array(z.string()),
  children: z.array(z.tuple([z.string(), z.string()])),
  streets: z.array(z.string()),
});
type Names = z.infer<typeof Names>;

/** A family to be: what has happened to it, by the days since its opening. */
export interface DemoFamily {
  /** Stable: what was made under it once is found again. */
  code: string;
  regulation: string;
  training: boolean;
  age: number;
  /** Its place among all families of the demo. */
  place: number;
  family: { name: string; address: string; members: { id: string; name: string; relation: string }[] };
  open: Record<string, unknown>;
  facts: z.infer<typeof Step>[];
  now: z.infer<typeof Story>['now'];
}

const folder = new URL('./demo-data/', import.meta.url);

/** Names of one regulation's families start at a fixed place, so that another regulation's stories rename nobody. */
const placesOfRegulation = 24;

/** Every family of the stories, those of each regulation in the order of its file. @throws Error that names the file and each fault */
export async function readFamilies(): Promise<DemoFamily[]> {
  const names = Names.parse(parse(await readFile(new URL('names.yaml', folder), 'utf8')));
  const files = (await readdir(new URL('stories/', folder))).filter((file) => file.endsWith('.yaml')).sort();
  const read = await Promise.all(
    files.map(async (file, position) => {
      const stories = z.array(Story).safeParse(parse(await readFile(new URL(`stories/${file}`, folder), 'utf8')));
      if (!stories.success) {
        const faults = stories.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
        throw new Error(`${file}: ${faults.join('; ')}`);
      }
      const regulation = file.replace(/\.yaml$/, '');
      return stories.data
        .flatMap((story) => story.ages.map((age) => ({ story, age })))
        .map(({ story, age }, index): DemoFamily => {
          const { code, training, open, facts, now } = story;
          const place = position * placesOfRegulation + index;
          const family = familyOf(names, place, training);
          return { code: `${regulation}-${code}-${age}`, regulation, training, age, place, family, open, facts, now };
        });
    }),
  );
  return read.flat();
}

function familyOf({ surnames, parents, children, streets }: Names, place: number, training: boolean) {
  const at = <T>(list: readonly T[], index: number): T => {
    const item = list[index % list.length];
    if (item === undefined) throw new Error('a list of names is empty');
    return item;
  };
  const surname = at(surnames, place);
  const round = Math.floor(place / surnames.length);
  const [child, relation] = at(children, place);
  return {
    name: `Семья ${surname}ых${round ? ` № ${round + 1}` : ''}${training ? ' (учебная)' : ''}`,
    address: `город Учебный, улица ${at(streets, place)}, дом 0/${place + 1}`,
    members: [
      { id: 'parent', name: `${surname}а ${at(parents, place)}`, relation: 'мать' },
      { id: 'child1', name: `${surname}${relation === 'дочь' ? 'а' : ''} ${child}`, relation },
    ],
  };
}

/** The past of a family as `adoptCase` takes it: what has happened by today, with days, entries and the curator put in. */
export function pastOf(family: DemoFamily, today: Day, curator: string): Record<string, unknown>[] {
  const days = { openedOn: addDays(today, -family.age), today };
  const past: Record<string, unknown>[] = [
    { on: days.openedOn, command: 'openCase', ...(withDays(family.open, days) as object) },
  ];
  for (const step of family.facts) {
    const { entryOf, ...fact } = withDays(step, days) as z.infer<typeof Step> & { entryOf?: string };
    if (fact.on > today) continue;
    if (fact.command === 'assignCurator' && fact['curator'] === 'own') fact['curator'] = curator;
    if (entryOf !== undefined) fact['entry'] = past.findLastIndex(({ command }) => command === entryOf) + 1;
    past.push(fact);
  }
  return past;
}

/** `day+n`: n days after the opening; `today`, `today+n`. */
export function withDays(value: unknown, days: { openedOn: Day; today: Day }): unknown {
  if (typeof value === 'string') {
    const [, word, count] = /^(day|today)(?:\+(\d+))?$/.exec(value) ?? [];
    if (word === undefined) return value;
    return addDays(word === 'day' ? days.openedOn : days.today, Number(count ?? 0));
  }
  if (Array.isArray(value)) return value.map((item) => withDays(item, days));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withDays(item, days)]));
  return value;
}
