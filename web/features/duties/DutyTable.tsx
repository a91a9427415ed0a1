import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useAwaited } from '../../lib/codes.ts';
import type { Duty, DutyRow } from '../../lib/shapes.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { Column } from '../../ui/DataTable.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { WhyDate } from '../../ui/WhyDate.tsx';
import type { Tone } from '../../ui/tokens.ts';
import classes from './DutyTable.module.css';
import { WhyNot } from './WhyNot.tsx';
import type { Refusal } from './offer.ts';
import { wordsOf } from './words.ts';

const tones: Partial<Record<Duty['state'], Tone>> = {
  overdue: 'danger',
  missed: 'danger',
  'met late': 'warn',
  open: 'info',
};

type Row = Duty & Partial<Pick<DutyRow, 'case' | 'curator'>>;

interface DutyTableProps {
  caption: string;
  hideCaption?: boolean;
  rows: readonly Row[];
  today: string;
  agencies?: readonly { code: string; name: string }[] | undefined;
  /** Which of the optional columns are shown. */
  show: { family?: boolean | 'number'; curator?: boolean; awaited?: boolean };
  /** Opens the form that performs the duty; rows it returns `false` for have none. */
  canDo?: (row: Row) => boolean;
  onDo?: (row: Row) => void;
  /** What has to be there first; it stands where the button would be. */
  refusalOf?: (row: Row) => Refusal | null;
}

/** Duties as rows: what, whose, by when and why that day, who, and the button that does it. */
export function DutyTable({
  caption,
  hideCaption,
  rows,
  today,
  agencies,
  show,
  canDo,
  onDo,
  refusalOf,
}: DutyTableProps) {
  const { t } = useTranslation('pages');
  const { t: shell } = useTranslation();
  const awaited = useAwaited(agencies);
  const family = (row: Row): string => row.case?.family ?? t('duty.noName');

  const columns: (Column<Row> | false)[] = [
    {
      key: 'what',
      title: t('duty.what'),
      heads: true,
      cell: (row) => (
        <div className={classes.what}>
          <span>{wordsOf(row)}</span>
          <span className="k-row">
            <Tag tone={tones[row.state] ?? 'plain'}>{shell(`state.${row.state}`)}</Tag>
            <span className="k-small k-dimmed">
              {[
                row.clause === '' ? null : sayClause(row.clause),
                row.window === null ? null : t('duty.window', row.window),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </span>
        </div>
      ),
    },
    // Whoever may not read the case is told its number, by which he and the curator understand each other.
    show.family === 'number' && {
      key: 'case',
      title: t('duty.case'),
      cell: (row) => <span className="k-number">{row.case?.number}</span>,
    },
    show.family === true && {
      key: 'family',
      title: t('duty.family'),
      cell: (row) =>
        row.case === null ? (
          <Link to="/reports">{t('duty.own')}</Link>
        ) : row.case === undefined ? null : (
          <span>
            <Link to="/cases/$caseId" params={{ caseId: row.case.id }}>
              {family(row)}
            </Link>
            <br />
            <span className="k-small k-dimmed">
              {row.case.number}
              {row.case.training && ` · ${t('duty.training')}`}
            </span>
          </span>
        ),
    },
    {
      key: 'when',
      title: t('duty.when'),
      cell: (row) => <WhyDate duty={row} today={row.case?.today ?? today} relative={row.metOn === null} />,
    },
    show.awaited !== false && { key: 'awaited', title: t('duty.awaited'), cell: (row) => awaited(row.awaited) },
    show.curator === true && {
      key: 'curator',
      title: t('duty.curator'),
      cell: (row) => (row.case === null ? '' : (row.curator?.name ?? t('cases.noCurator'))),
    },
    onDo !== undefined && {
      key: 'do',
      title: t('duty.act'),
      hideTitle: true,
      align: 'end',
      cell: (row) =>
        canDo?.(row) === false ? (
          <WhyNot refusal={refusalOf?.(row) ?? null} />
        ) : (
          <Button
            size="xs"
            variant={row.state === 'overdue' ? 'filled' : 'default'}
            aria-label={t('duty.doLabel', {
              what: wordsOf(row),
              family: !row.case ? '' : show.family === 'number' ? row.case.number : family(row),
            })}
            onClick={() => onDo(row)}
            data-do
          >
            {t('duty.do')}
          </Button>
        ),
    },
  ];

  return (
    <DataTable
      caption={caption}
      {...(hideCaption === undefined ? {} : { hideCaption })}
      columns={columns.filter((column) => column !== false)}
      rows={rows}
      rowKey={(row) => `${row.case?.id ?? ''}${row.key}`}
      alarming={(row) => row.state === 'overdue' || row.state === 'missed'}
    />
  );
}
