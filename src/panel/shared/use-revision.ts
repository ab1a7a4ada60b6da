import { useLayoutEffect, useState } from 'preact/hooks';
import { usePanel } from './use-panel.ts';

/**
 * The log's revision, at most one each so many milliseconds: for what costs too much to be drawn with each picture. The
 * last one always comes.
 */
export function useRevision(every: number): number {
  const panel = usePanel();
  const now = () => panel.state.getState().revision;
  const [revision, setRevision] = useState(now);
  useLayoutEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let last = 0;
    const stop = panel.state.subscribe((state, before) => {
      if (state.revision === before.revision || timer !== null) return;
      const wait = Math.max(0, last + every - performance.now());
      timer = setTimeout(() => {
        timer = null;
        last = performance.now();
        setRevision(now());
      }, wait);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [panel, every]);
  return revision;
}
