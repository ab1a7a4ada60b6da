import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Span } from '../../log/timeline/picture.ts';

export interface PointerOptions {
  /** What `x` is measured from. */
  plot: RefObject<HTMLElement | null>;
  onClick(x: number, lane: number): void;
  onHover(x: number, lane: number): void;
  /** A stretch was marked by dragging over it. */
  onRange(one: number, other: number): void;
  /** By the wheel, with the control key: the stretch is to be so many times as long. */
  onZoom(factor: number, x: number): void;
  /** By the wheel, sideways: the stretch is to move by a share of itself. */
  onPan(share: number): void;
}

/** Less than this many pixels is a click, not a range. */
const DRAG = 5;

/** Clicks, ranges, and the wheel over the lanes. */
export function usePointer(options: PointerOptions) {
  const [range, setRange] = useState<Span | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const { plot } = options;

  const xOf = (event: MouseEvent) => event.clientX - (plot.current?.getBoundingClientRect().left ?? 0);
  const inPlot = (x: number) => x >= 0 && x <= (plot.current?.clientWidth ?? 0);
  function laneOf({ target }: Event): number | null {
    const lane = target instanceof Element && target.closest<HTMLElement>('[data-lane]');
    return lane ? Number(lane.dataset['lane']) : null;
  }

  // Preact's own listeners for the wheel are passive: the page would be zoomed too.
  useLayoutEffect(() => {
    const lanes = plot.current?.closest<HTMLElement>('.plots');
    if (!lanes) return;
    function onWheel(event: WheelEvent): void {
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) latest.current.onZoom(Math.exp(event.deltaY / 300), xOf(event));
      else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) latest.current.onPan(sideways / 800);
      else return;
      event.preventDefault();
    }
    lanes.addEventListener('wheel', onWheel, { passive: false });
    return () => lanes.removeEventListener('wheel', onWheel);
  }, [plot.current]);

  return {
    range: range && Math.abs(range[1] - range[0]) >= DRAG ? range : null,
    handlers: {
      onPointerDown(event: PointerEvent) {
        const x = xOf(event);
        if (event.button === 0 && inPlot(x)) setRange([x, x]);
      },
      onPointerMove(event: PointerEvent) {
        const x = xOf(event);
        const lane = laneOf(event);
        if (range) setRange([range[0], x]);
        else if (lane !== null && inPlot(x)) latest.current.onHover(x, lane);
      },
      onPointerUp(event: PointerEvent) {
        if (!range) return;
        const x = xOf(event);
        const lane = laneOf(event);
        setRange(null);
        if (Math.abs(x - range[0]) >= DRAG) latest.current.onRange(range[0], x);
        else if (lane !== null) latest.current.onClick(x, lane);
      },
      onPointerLeave: () => setRange(null),
    },
  };
}
