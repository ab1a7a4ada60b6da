import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import type { Followed, Reader } from '../store/following.ts';
import { useRevision } from './use-revision.ts';

/** Milliseconds of looking at records between two pictures. */
const STEP = 16;
/** Milliseconds between two pictures of what comes. */
const EVERY = 250;

/** What a reader has made of the records so far. */
export interface Read<R> {
  reader: R;
  /** Another number whenever it has looked at more. */
  drawn: number;
  /** It has looked at all there are. */
  isWhole: boolean;
}

/** Brings a reader up to the log, in steps of a picture each, and follows it from then on. */
export function useFollowed<R extends Reader>(followed: Followed<R>): Read<R> {
  const revision = useRevision(EVERY);
  const [steps, setSteps] = useState(0);
  const isWhole = useMemo(() => {
    const end = performance.now() + STEP;
    return followed.catchUp(() => performance.now() >= end);
  }, [followed, revision, steps]);
  useLayoutEffect(() => {
    if (isWhole) return undefined;
    const frame = requestAnimationFrame(() => setSteps(steps + 1));
    return () => cancelAnimationFrame(frame);
  }, [isWhole, revision, steps]);
  return { reader: followed.reader, drawn: revision + steps, isWhole };
}
