import { Component } from 'preact';
import type { Row } from '../rows.ts';
import type { Column } from '../store/state.ts';
import { RowContent, rowData } from './row.tsx';

interface Props {
  row: Row;
  index: number;
  /** Pixels from the top of the list. */
  start: number;
  columns: readonly Column[];
  isSelected: boolean;
  isFound: boolean | undefined;
  stamp: readonly unknown[];
  select(index: number, open: boolean): void;
}

/** What a line shows, as far as it can change: records are changed in place. */
export function stampOf(row: Row, revision: number): readonly unknown[] {
  if (row.kind !== 'record') return [row.kind, revision];
  const { record } = row;
  const { decision, delivery, verdict, checks, override, action, stream, api, page, frame } = record;
  return [
    record,
    decision,
    delivery.state,
    delivery.status,
    verdict,
    checks,
    override,
    action,
    stream,
    api,
    page,
    frame,
  ];
}

/** One line of the list. It is drawn again only where it shows something else: of a list that scrolls most lines do not. */
export class EventRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { index, columns, isSelected, isFound, stamp } = this.props;
    return (
      next.index !== index ||
      next.columns !== columns ||
      next.isSelected !== isSelected ||
      next.isFound !== isFound ||
      next.stamp.length !== stamp.length ||
      next.start !== this.props.start ||
      next.stamp.some((value, at) => value !== stamp[at])
    );
  }

  override render({ row, index, start, columns, isSelected, isFound }: Props) {
    return (
      <div
        id={`row-${index}`}
        class="row"
        role="row"
        aria-rowindex={index + 1}
        aria-selected={row.kind === 'record' ? isSelected : undefined}
        data-found={isFound}
        style={{ transform: `translateY(${start}px)` }}
        // Of this moment: a line that was not drawn again has an older list's.
        onClick={() => this.props.select(index, true)}
        {...rowData(row)}
      >
        <RowContent row={row} columns={columns} />
      </div>
    );
  }
}
