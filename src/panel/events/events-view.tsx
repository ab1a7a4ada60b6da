import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t, plural } from '../i18n.ts';
import { Icon } from '../shared/icon.tsx';
import { usePanel, usePanelState } from '../shared/use-panel.ts';
import { useVirtual } from '../shared/use-virtual.ts';
import { useWidth } from '../shared/use-width.ts';
import { Details } from './details.tsx';
import { EmptyState } from './empty-state.tsx';
import { RowContent, rowData } from './row.tsx';
import './events.css';

/** Heights of a row in pixels, as the stylesheet has them. A narrow list takes two lines a record. */
const HEIGHT = { wide: 24, medium: 24, narrow: 42 };
const sizeOf = (width: number) => (width < 760 ? 'narrow' : width < 1100 ? 'medium' : 'wide');
/** So near to the end, in pixels, the list still counts as being at its end. */
const NEAR = 4;

const COLUMNS = ['time', 'call', 'subject', 'action', 'decision', 'delivery', 'verdict'] as const;

export function EventsView() {
  const open = usePanelState(state => state.open);
  const selected = usePanelState(state => state.selected);
  const entered = usePanelState(state => state.entered);
  const panel = usePanel();
  const record = open ? panel.record(selected) : null;
  const pane = useRef<HTMLElement>(null);

  /** Opened by Enter in the list, the details are where the next key goes. */
  const before = useRef(entered);
  useLayoutEffect(() => {
    if (entered !== before.current) pane.current?.focus();
    before.current = entered;
  }, [entered]);

  return (
    <div class="events" data-details={record !== null}>
      <EventList />
      {record && <Details key={record.id} record={record} pane={pane} />}
    </div>
  );
}

function EventList() {
  const panel = usePanel();
  const revision = usePanelState(state => state.revision);
  const selected = usePanelState(state => state.selected);
  const list = useRef<HTMLDivElement>(null);
  const size = sizeOf(useWidth(list));
  const { all } = panel.rows;
  /** How many rows there were when the user scrolled away from the end; null while the list follows its end. */
  const [left, setLeft] = useState<number | null>(null);
  const virtual = useVirtual(all.length, HEIGHT[size], left === null);
  const { scroller } = virtual;

  useLayoutEffect(() => {
    if (left !== null && left > all.length) setLeft(null);
  }, [revision]);

  function onScroll(): void {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= NEAR;
    if (atEnd) setLeft(null);
    else setLeft(old => old ?? all.length);
  }

  const at = panel.position(selected);

  function select(position: number, open: boolean): void {
    const row = all[position];
    if (row?.kind !== 'record') return;
    setLeft(old => (position === all.length - 1 ? old : (old ?? all.length)));
    panel.select(row.record.id, open);
    virtual.reveal(position);
  }

  /** The nearest record from `from` on, in steps of `step`. */
  function find(from: number, step: 1 | -1): number {
    let position = Math.min(Math.max(from, 0), all.length - 1);
    while (all[position] && all[position]?.kind !== 'record') position += step;
    return position;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const next = () => select(find(at + 1, 1), false);
    const previous = () => select(find(at < 0 ? all.length - 1 : at - 1, -1), false);
    const keys: { [key: string]: () => void } = {
      ArrowDown: next,
      j: next,
      ArrowUp: previous,
      k: previous,
      PageDown: () => select(find(Math.min(at + virtual.page, all.length - 1), -1), false),
      PageUp: () => select(find(Math.max(at - virtual.page, 0), 1), false),
      Home: () => select(find(0, 1), false),
      End: () => select(find(all.length - 1, -1), false),
      Enter: () => (at < 0 ? next() : panel.enter()),
      Escape: () => panel.close(),
    };
    const run = keys[event.key];
    if (!run) return;
    event.preventDefault();
    run();
  }

  const added = left === null ? 0 : all.length - left;
  return (
    <div class="list" data-size={size} ref={list}>
      {size !== 'narrow' && <Header />}
      <div
        class="scroller"
        ref={scroller}
        role="grid"
        id="events"
        aria-label={t('view_events')}
        aria-rowcount={all.length}
        aria-activedescendant={at < 0 ? undefined : `row-${at}`}
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div class="rows" role="rowgroup" style={{ height: `${virtual.height}px` }}>
          {virtual.rows.map(({ index, key, start }) => {
            const row = all[index];
            return (
              row && (
                <div
                  key={key}
                  id={`row-${index}`}
                  class="row"
                  role="row"
                  aria-rowindex={index + 1}
                  aria-selected={row.kind === 'record' ? index === at : undefined}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={() => select(index, true)}
                  {...rowData(row)}
                >
                  <RowContent row={row} />
                </div>
              )
            );
          })}
        </div>
      </div>
      <EmptyState />
      {added > 0 && (
        <button type="button" class="button new" onClick={() => setLeft(null)}>
          <Icon name="down" />
          {plural('newRows', added)}
        </button>
      )}
    </div>
  );
}

function Header() {
  return (
    <div class="header" aria-hidden="true">
      {COLUMNS.map(column => (
        <span key={column}>{t(`column_${column}`)}</span>
      ))}
    </div>
  );
}
