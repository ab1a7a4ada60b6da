import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Notes on an element that scrolls sideways, as `data-before` and `data-after`, whether more of it lies there. */
export function useOverflow(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    function look(): void {
      if (!current) return;
      // Negative where it is written from right to left.
      const before = Math.abs(current.scrollLeft);
      current.dataset['before'] = String(before > 1);
      current.dataset['after'] = String(before + current.clientWidth < current.scrollWidth - 1);
    }
    const observer = new ResizeObserver(look);
    observer.observe(current);
    current.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      current.removeEventListener('scroll', look);
    };
  }, []);
}
