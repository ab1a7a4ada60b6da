import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import './list.css';

export interface VirtualRow {
  index: number;
  /** Names the element that shows the row: the same one shows others later. Not for rows that can have the focus. */
  key: number;
  /** Pixels from the top of the list. */
  start: number;
}

export interface VirtualList {
  /** Goes on the element that scrolls. */
  scroller: RefObject<HTMLDivElement | null>;
  rows: VirtualRow[];
  /** The list's whole height in pixels. */
  height: number;
  /** How many rows fit into what is seen. */
  page: number;
  /** Whether it is known how much is seen: only then can a row be revealed. */
  isSized: boolean;
  reveal(index: number): void;
}

/**
 * The virtualizer lays all rows out again whenever their number changes. It is told a number that grows in steps of a
 * quarter, so that a row costs the same whether it is the first or the hundred thousandth.
 */
function capacity(count: number): number {
  let size = 256;
  while (size < count) size += size >> 2;
  return size;
}

/** Rows beyond what is seen, above and below. */
const MARGIN = 2;

/**
 * Rows of one height, of which only those in sight exist.
 * @param tail whether the list stays at its end while it grows: then the last rows are drawn in one go, before the
 *   browser tells that it has scrolled there
 */
export function useVirtual(count: number, size: number, tail = false): VirtualList {
  const scroller = useRef<HTMLDivElement>(null);
  const drawn = useRef('');
  const [, redraw] = useState({});
  const options = {
    count: capacity(count),
    estimateSize: () => size,
    getScrollElement: () => scroller.current,
    scrollToFn: elementScroll<HTMLDivElement>,
    observeElementRect,
    observeElementOffset,
    onChange: () => {
      if (inSight().join() !== drawn.current) redraw({});
    },
    overscan: MARGIN,
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, Element>(options));
  virtualizer.setOptions(options);

  const seen = () => virtualizer.scrollRect?.height ?? 0;
  /** As many elements, wherever the list is scrolled to: none comes or goes while it moves, each shows other rows. */
  const elements = () => (seen() === 0 ? 0 : Math.ceil(seen() / size) + 1 + 2 * MARGIN);

  /** The first row to be drawn, and the one after the last. */
  function inSight(): [first: number, end: number] {
    const first = tail ? count : (virtualizer.getVirtualIndexes()[0] ?? 0);
    const from = Math.max(0, Math.min(first, count - elements()));
    return [from, Math.min(from + elements(), count)];
  }

  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [size]);
  useLayoutEffect(() => {
    if (tail && scroller.current) scroller.current.scrollTop = count * size;
  }, [tail, count, size, seen()]);

  const [first, end] = inSight();
  drawn.current = [first, end].join();
  return {
    scroller,
    rows: Array.from({ length: Math.max(0, end - first) }, (_, i) => ({
      index: first + i,
      key: (first + i) % elements(),
      start: (first + i) * size,
    })),
    height: count * size,
    isSized: seen() > 0,
    page: Math.max(1, Math.floor(seen() / size) - 1),
    reveal: index => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
