import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { plural, t } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useVirtual } from '../shared/use-virtual.ts';
import { useWidth } from '../shared/use-width.ts';
import { columnsAt, Header, type Size, templateOf } from './columns.tsx';
import { EmptyState } from './empty-state.tsx';
import { EventRow, stampOf } from './event-row.tsx';
import { hintOf } from './row.tsx';

/** Heights of a row in pixels, as the stylesheet has them. A narrow list takes two lines a record. */
const HEIGHT: { [S in Size]: number } = { wide: 24, medium: 24, narrow: 42 };
const sizeOf = (width: number): Size => (width < 760 ? 'narrow' : width < 1100 ? 'medium' : 'wide');
/** So near to the end, in pixels, the list still counts as being at its end. */
const NEAR = 4;

export function EventList() {
  const panel = usePanel();
  const revision = usePanelState(state => state.revision);
  const selected = usePanelState(state => state.selected);
  const chosen = usePanelState(state => state.columns);
  const marks = usePanelState(({ find }) => find.marks && find.text !== '');
  const held = usePanelState(state => state.held);
  const seeking = usePanelState(({ find }) => find.seeking);
  const list = useRef<HTMLDivElement>(null);
  const size = sizeOf(useWidth(list));
  const columns = useMemo(() => columnsAt(chosen, size), [chosen, size]);
  const { rows } = panel;
  const count = rows.length;
  /** How many rows there were when the user scrolled away from the end; null while the list follows its end. */
  const [left, setLeft] = useState<number | null>(null);
  const virtual = useVirtual(count, HEIGHT[size], left === null);
  const { scroller } = virtual;

  useLayoutEffect(() => {
    if (left !== null && left > count) setLeft(null);
  }, [revision]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR;
    if (atEnd) setLeft(null);
    else setLeft(old => old ?? count);
  }

  const at = panel.position(selected);

  // What another view, or the details, have chosen comes into sight.
  useLayoutEffect(() => {
    if (at < 0 || !virtual.isSized) return;
    setLeft(old => (at === count - 1 ? old : (old ?? count)));
    virtual.reveal(at);
  }, [selected, virtual.isSized, size]);

  function select(position: number, open: boolean): void {
    const row = rows.at(position);
    if (row?.kind !== 'record') return;
    panel.select(row.record.id, open);
    virtual.reveal(position);
  }

  /** The nearest record from `from` on, in steps of `step`; `found`: that is found. */
  function find(from: number, step: 1 | -1, found = false): number {
    let position = Math.min(Math.max(from, 0), count - 1);
    for (let row = rows.at(position); row; row = rows.at(position)) {
      if (row.kind === 'record' && (!found || panel.finds(row.index))) break;
      position += step;
    }
    return position;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = (found = false) => select(find(at + 1, 1, found), false);
    const previous = (found = false) => select(find(at < 0 ? count - 1 : at - 1, -1, found), false);
    const keys: { [key: string]: () => void } = {
      ArrowDown: next,
      j: next,
      ArrowUp: previous,
      k: previous,
      n: () => next(true),
      N: () => previous(true),
      P: () => panel.pause(!panel.state.getState().paused),
      PageDown: () => select(find(Math.min(at + virtual.page, count - 1), -1), false),
      PageUp: () => select(find(Math.max(at - virtual.page, 0), 1), false),
      Home: () => select(find(0, 1), false),
      End: () => select(find(count - 1, -1), false),
      Enter: () => (at < 0 ? next() : panel.enter()),
      Escape: () => panel.close(),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  /** A cell has its hint while it is pointed at. */
  function onPointer({ target, type }: PointerEvent): void {
    const cell = target instanceof Element && target.closest<HTMLElement>('[role="gridcell"]');
    const line = cell && cell.closest('.row[data-kind="record"]');
    if (!line) return;
    const row = type === 'pointerover' ? rows.at(Number(line.ariaRowIndex) - 1) : null;
    const column = columns[[...line.querySelectorAll('[role="gridcell"]')].indexOf(cell)];
    const hint = row?.kind === 'record' && column ? hintOf(column, row.record) : null;
    if (hint === null) cell.removeAttribute('title');
    else cell.title = hint;
  }

  const added = left === null ? 0 : count - left;
  return (
    <div class="list" data-size={size} ref={list} style={{ '--columns': templateOf(columns) }}>
      {size !== 'narrow' && <Header columns={columns} />}
      <div
        class="scroller"
        ref={scroller}
        role="grid"
        id="events"
        aria-label={t('view_events')}
        aria-rowcount={count}
        aria-busy={seeking}
        aria-activedescendant={at < 0 ? undefined : `row-${at}`}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onPointerOver={onPointer}
        onPointerOut={onPointer}
      >
        <div class="rows" role="rowgroup" style={{ height: `${virtual.height}px` }}>
          {virtual.rows.map(({ index, key, start }) => {
            const row = rows.at(index);
            return (
              row && (
                <EventRow
                  key={key}
                  row={row}
                  index={index}
                  start={start}
                  columns={columns}
                  isSelected={index === at}
                  isFound={marks && row.kind === 'record' ? panel.finds(row.index) : undefined}
                  stamp={stampOf(row, revision)}
                  select={select}
                />
              )
            );
          })}
        </div>
      </div>
      <EmptyState />
      {added + held > 0 && (
        <button
          type="button"
          class="button new"
          onClick={() => {
            setLeft(null);
            panel.pause(false);
          }}
        >
          <Icon name={held > 0 ? 'play' : 'down'} />
          {plural('newRows', added + held)}
        </button>
      )}
    </div>
  );
}
