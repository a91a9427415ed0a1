import { useQuery } from '@tanstack/react-query';
import { caseQuery, dutiesQuery, logQuery } from '../case/queries.ts';
import { agenciesQuery, staffQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import type { DutyRow } from '../../lib/shapes.ts';
import type { About } from './fields.ts';
import { commandForms } from './forms.ts';
import { regulationQuery, versionsQuery } from './queries.ts';

interface Known {
  about?: About;
  /** The version of the case that is shown; unknown to whoever may not read the case. */
  seq: number | null;
  failed?: { error: Error | null; refetch: () => unknown } | undefined;
}

/**
 * What a form must know, asked only where one may: an agency's officer reads no case and no directory, and for him
 * the row of his duty says enough.
 */
export function useAbout(caseId: string, command: string, row: DutyRow | undefined): Known {
  const me = useQuery(meQuery());
  const may = (action: string): boolean => me.data?.may.includes(action) === true;
  const reads = may('readCase');
  const kase = useQuery({ ...caseQuery(caseId), enabled: reads });
  const duties = useQuery({ ...dutiesQuery(caseId), enabled: reads });
  const log = useQuery({ ...logQuery(caseId), enabled: reads });
  const agencies = useQuery({ ...agenciesQuery(), enabled: may('readDirectory') });
  const staff = useQuery({ ...staffQuery(), enabled: may('readDirectory') });
  const law = useQuery({ ...regulationQuery(kase.data?.regulation), enabled: kase.data !== undefined });
  const asksVersion = commandForms[command]?.fields.some(({ kind }) => kind === 'version') === true;
  const versions = useQuery({ ...versionsQuery(kase.data?.regulation), enabled: asksVersion && reads });

  const failed = [me, kase, duties, log, law].find((query) => query.error !== null && query.data === undefined);
  if (failed) return { seq: null, failed };
  if (me.data === undefined) return { seq: null };
  if (!reads) return row === undefined ? { seq: null } : { seq: null, about: ofRow(row, me.data, command) };
  const waiting =
    (may('readDirectory') && (agencies.isPending || staff.isPending)) || (asksVersion && versions.isPending);
  if (!kase.data || !duties.data || !log.data || !law.data || waiting) return { seq: null };
  return {
    seq: kase.data.seq,
    about: {
      kase: kase.data,
      duties: duties.data,
      log: log.data,
      agencies: agencies.data ?? kase.data.agencies.map((agency) => ({ ...agency, id: agency.code })),
      bodies: law.data.bodies,
      levels: law.data.levels,
      lists: [...law.data.lists, ...law.data.indicators],
      command,
      versions: versions.data ?? [],
      staff: staff.data ?? [],
      me: me.data,
    },
  };
}

const ofRow = (row: DutyRow, me: About['me'], command: string): About => ({
  kase: {
    id: row.case?.id ?? '',
    today: row.case?.today ?? me.today,
    stage: null,
    level: null,
    category: null,
    curator: row.curator,
    agencies: [],
    family: null,
    regulation: { ...me.institution.regulation, title: row.what },
  },
  duties: [row],
  log: [],
  agencies: [],
  bodies: [],
  levels: [],
  lists: [],
  command,
  versions: [],
  staff: [],
  me,
});
