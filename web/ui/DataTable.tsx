import type { ReactNode } from 'react';
import classes from './DataTable.module.css';

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** The cell that names the row, read out with every other cell of it. */
  heads?: boolean;
  align?: 'end';
  /** The title is for readers only, for a column of buttons. */
  hideTitle?: boolean;
  width?: string;
}

interface DataTableProps<Row> {
  caption: string;
  /** The caption is shown elsewhere as a heading. */
  hideCaption?: boolean;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** A row that needs the eye: told by words in its cells as well. */
  alarming?: (row: Row) => boolean;
}

/**
 * A table that becomes a list of cards on a narrow screen, so no page scrolls sideways at 320 px. The roles are said
 * aloud because `display: block` takes a table's own ones away.
 */
export function DataTable<Row>({ caption, hideCaption = true, columns, rows, rowKey, alarming }: DataTableProps<Row>) {
  return (
    <table className={classes.table} role="table">
      <caption className={hideCaption ? 'k-hidden' : classes.caption}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              role="columnheader"
              data-align={column.align}
              style={{ width: column.width }}
            >
              {column.hideTitle === true ? <span className="k-hidden">{column.title}</span> : column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row" key={rowKey(row)} data-row={rowKey(row)} data-alarming={alarming?.(row) === true || undefined}>
            {columns.map((column) => {
              const Cell = column.heads === true ? 'th' : 'td';
              return (
                <Cell
                  key={column.key}
                  scope={column.heads === true ? 'row' : undefined}
                  role={column.heads === true ? 'rowheader' : 'cell'}
                  data-title={column.hideTitle === true ? undefined : column.title}
                  data-align={column.align}
                >
                  {column.cell(row)}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
