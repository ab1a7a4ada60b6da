/** Records by lane and time: kept as they come, so that any stretch of time is found by bisection. */

import type { Record } from '../../record/record.ts';

/** What a call was about: its stream, else its instrument or experiment; null where it names none. */
export const laneOf = ({ stream, instrument, experiment }: Record): string | null => stream ?? instrument ?? experiment;

export interface Lane {
  name: string | null;
  /** Milliseconds since the epoch, ascending; `indexes` has the record's index in the log for each. */
  times: number[];
  indexes: number[];
  /** When each event leaves the queue, as it was last read: kept, because reading a time costs more than drawing it. */
  left: Left[];
}

export interface Left {
  text: string | null;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface Lanes {
  /** In the order in which they were first seen. */
  readonly all: readonly Lane[];
  /** From the first to the last record, in milliseconds since the epoch; null while there is none. */
  extent(): Stretch | null;
  /** Takes what the records have beyond what was taken before. Begins anew where they are others than before. */
  grow(records: readonly Record[], shows?: (index: number) => boolean): void;
  clear(): void;
}

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  from: number;
  to: number;
}

export function createLanes(): Lanes {
  const lanes = new Map<string | null, Lane>();
  const all: Lane[] = [];
  let known = 0;
  let first: string | undefined;
  let from = Infinity;
  let to = -Infinity;

  function clear(): void {
    lanes.clear();
    all.length = 0;
    known = 0;
    [from, to] = [Infinity, -Infinity];
  }

  function add(record: Record, index: number): void {
    const time = Date.parse(record.time);
    if (Number.isNaN(time)) return;
    const name = laneOf(record);
    let lane = lanes.get(name);
    if (!lane) {
      lane = { name, times: [], indexes: [], left: [] };
      lanes.set(name, lane);
      all.push(lane);
    }
    // Frames send on their own, so that now and then one comes late; nearly all go to the end.
    const at = time >= (lane.times.at(-1) ?? -Infinity) ? lane.times.length : firstAfter(lane.times, time);
    lane.times.splice(at, 0, time);
    lane.indexes.splice(at, 0, index);
    lane.left.splice(at, 0, { text: null, at: -Infinity });
    from = Math.min(from, time);
    to = Math.max(to, time);
  }

  return {
    all,
    extent: () => (known === 0 || from > to ? null : { from, to }),
    grow(records, shows = () => true) {
      if (records.length < known || records[0]?.id !== first) clear();
      first = records[0]?.id;
      for (; known < records.length; known++) {
        const record = records[known];
        if (record && shows(known)) add(record, known);
      }
    },
    clear,
  };
}

/** The position of the first time after this one. */
export function firstAfter(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? Infinity) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}
