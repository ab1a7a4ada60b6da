import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { createLanes, type Lanes } from '../../log/timeline/lanes.ts';
import { type Read, useFollowed } from '../shared/use-followed.ts';
import { usePanel, usePanelState } from '../shared/use-panel.ts';

const allLanes = () => createLanes();

/** The log's records by lane and time: all of them, or what the query finds. */
export function useLanes(): Read<Lanes> {
  const panel = usePanel();
  const { text, seeking, marks } = usePanelState(state => state.find);
  /** What the answers that are there were asked by, as far as was seen: while a query is worked off, by the one before. */
  const answered = useRef<string | null>(null);
  if (!seeking) answered.current = text;
  const isAll = marks || answered.current === '';
  const followed = useMemo(
    () => (isAll ? panel.followed(allLanes) : panel.follow(createLanes(panel.finds))),
    [isAll, isAll || answered.current],
  );
  useLayoutEffect(() => (isAll ? undefined : followed.leave), [followed]);
  return useFollowed(followed);
}
