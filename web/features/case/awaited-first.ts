import type { RequestView } from '../../lib/shapes.ts';

export const isAwaited = ({ state }: RequestView): boolean => state === 'sent' || state === 'queued';

/** After every day. */
const undated = '9999-12-31';

/** What is still to be answered, soonest due first; after it what is over, the latest asked first. */
export const awaitedFirst = (items: readonly RequestView[]): RequestView[] => [
  ...items.filter(isAwaited).sort((a, b) => (a.dueOn ?? undated).localeCompare(b.dueOn ?? undated)),
  ...items.filter((item) => !isAwaited(item)).reverse(),
];
