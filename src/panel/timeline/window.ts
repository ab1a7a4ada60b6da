import type { Stretch } from '../../log/timeline/lanes.ts';

/** The shortest stretch that is shown, in milliseconds. */
const SHORTEST = 10;

/** The stretch, `factor` times as long, with the time `about` at its place; never longer than all there is. */
export function zoomed({ from, to }: Stretch, factor: number, about: number, all: Stretch): Stretch {
  const length = Math.max(SHORTEST, (to - from) * factor);
  if (length >= all.to - all.from) return all;
  const share = Math.min(1, Math.max(0, (about - from) / (to - from)));
  return within({ from: about - share * length, to: about + (1 - share) * length }, all);
}

/** The stretch moved by a share of its own length. */
export function panned({ from, to }: Stretch, share: number, all: Stretch): Stretch {
  const by = (to - from) * share;
  return within({ from: from + by, to: to + by }, all);
}

/** The stretch, moved as little as brings this time into it. */
export function showing(stretch: Stretch, time: number, all: Stretch): Stretch {
  if (time >= stretch.from && time <= stretch.to) return stretch;
  const half = (stretch.to - stretch.from) / 2;
  return within({ from: time - half, to: time + half }, all);
}

/** Between two times, whichever comes first, and no shorter than can be shown. */
export function between(one: number, other: number, all: Stretch): Stretch {
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  const missing = Math.max(0, SHORTEST - (to - from)) / 2;
  return within({ from: from - missing, to: to + missing }, all);
}

/** All there is, with a margin, so that the first and the last mark are seen whole. */
export function around(extent: Stretch): Stretch {
  const margin = Math.max(SHORTEST, (extent.to - extent.from) * 0.02);
  return { from: extent.from - margin, to: extent.to + margin };
}

function within({ from, to }: Stretch, all: Stretch): Stretch {
  const by = Math.max(0, all.from - from) - Math.max(0, to - all.to);
  return { from: Math.max(all.from, from + by), to: Math.min(all.to, to + by) };
}
