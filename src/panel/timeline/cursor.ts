import { firstAfter, type Lane } from '../../log/timeline/lanes.ts';

/** A record in the picture: its lane, and its place among the lane's records. */
export interface Cursor {
  lane: number;
  at: number;
}

/** The record of a lane nearest to a time; null where the lane has none. */
export function nearest(lanes: readonly Lane[], lane: number, time: number): Cursor | null {
  const times = lanes[lane]?.times ?? [];
  if (times.length === 0) return null;
  const after = firstAfter(times, time);
  const [before, next] = [times[after - 1] ?? -Infinity, times[after] ?? Infinity];
  return { lane, at: time - before <= next - time ? after - 1 : after };
}

/** The next record of the lane, to either side, that is at least `apart` milliseconds away: one that has a mark of its own. */
export function stepped(lanes: readonly Lane[], { lane, at }: Cursor, side: 1 | -1, apart: number): Cursor {
  const times = lanes[lane]?.times ?? [];
  const time = times[at] ?? 0;
  const next = side === 1 ? firstAfter(times, time + apart) : firstAfter(times, time - apart) - 1;
  if (next >= 0 && next < times.length) return { lane, at: next };
  return { lane, at: side === 1 ? times.length - 1 : 0 };
}

/** The record at the same time in another lane. */
export function moved(lanes: readonly Lane[], { lane, at }: Cursor, by: number): Cursor | null {
  const to = Math.min(lanes.length - 1, Math.max(0, lane + by));
  return nearest(lanes, to, lanes[lane]?.times[at] ?? 0);
}
