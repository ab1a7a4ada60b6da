import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface VirtualRow {
  index: number;
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

/** Rows of one height, of which only those in sight exist. */
export function useVirtual(count: number, size: number): VirtualList {
  const scroller = useRef<HTMLDivElement>(null);
  const [, redraw] = useState({});
  const options = {
    count: capacity(count),
    estimateSize: () => size,
    getScrollElement: () => scroller.current,
    scrollToFn: elementScroll<HTMLDivElement>,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw({}),
    overscan: 8,
  };
  const [virtualizer] = useState(() => new Virtualizer<HTMLDivElement, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => virtualizer._willUpdate());
  useLayoutEffect(() => virtualizer.measure(), [size]);

  return {
    scroller,
    rows: virtualizer
      .getVirtualItems()
      .filter(item => item.index < count)
      .map(({ index }) => ({ index, start: index * size })),
    height: count * size,
    page: Math.max(1, Math.floor((virtualizer.scrollRect?.height ?? size) / size) - 1),
    reveal: index => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
