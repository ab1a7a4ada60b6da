/** Records by lane and time: kept as they come and change, so that any stretch of time is found by bisection. */

import type { Record } from '../../record/record.ts';
import { MARKS, markOf } from './marks.ts';

/** What a call was about: its stream, else its instrument or experiment; null where it names none. */
export const laneOf = ({ stream, instrument, experiment }: Record): string | null => stream ?? instrument ?? experiment;

/**
 * What is drawn of the records of a lane, by time, those of one time in the order of the log. Numbers beside each other:
 * to draw 100,000 records one goes through them with each picture, and through the records themselves only once.
 */
export interface Lane {
  name: string | null;
  /** Milliseconds since the epoch, ascending. */
  times: number[];
  /** Each record's index in the log. */
  indexes: number[];
  /** Each record's mark, by its place among all; and whether it is forced, as one more bit. */
  marks: number[];
  /** When each event left the queue, or is to leave it; -Infinity where it does not wait. */
  left: number[];
}

/** In `marks`: the record depends on an override. */
export const FORCED = 8;

export interface Lanes {
  /** In the order in which they were first seen. */
  readonly all: readonly Lane[];
  /** From the first to the last record, in milliseconds since the epoch; null while there is none. */
  extent(): Stretch | null;
  /** Takes in a record that is new or has changed. */
  look(index: number, record: Record): void;
  /** Records have other places in the log now, -1 for none; those that stay stay in their order. */
  move(places: Int32Array): void;
  /** Where the record with this index is: its lane, and its place there; null where it is in none. */
  placeOf(index: number): { lane: number; at: number } | null;
}

/** A stretch of time, in milliseconds since the epoch. */
export interface Stretch {
  from: number;
  to: number;
}

/** @param shows which records are in it, by their index; all where absent */
export function createLanes(shows: (index: number) => boolean = () => true): Lanes {
  const lanes = new Map<string | null, Lane>();
  const all: Lane[] = [];
  /** Of each record: the lane in which it is, and its time there. */
  let laneAt: (Lane | null)[] = [];
  let timeAt: number[] = [];

  function laneFor(name: string | null): Lane {
    let lane = lanes.get(name);
    if (!lane) {
      lane = { name, times: [], indexes: [], marks: [], left: [] };
      lanes.set(name, lane);
      all.push(lane);
    }
    return lane;
  }

  function forgetEmpty(lane: Lane): void {
    if (lane.times.length > 0) return;
    lanes.delete(lane.name);
    all.splice(all.indexOf(lane), 1);
  }

  function takeOut(index: number, lane: Lane): void {
    const at = placeIn(lane, timeAt[index] ?? NaN, index);
    for (const list of [lane.times, lane.indexes, lane.marks, lane.left]) list.splice(at, 1);
    laneAt[index] = null;
    forgetEmpty(lane);
  }

  function putIn(index: number, lane: Lane, time: number): number {
    const at = placeIn(lane, time, index);
    lane.times.splice(at, 0, time);
    lane.indexes.splice(at, 0, index);
    lane.marks.splice(at, 0, 0);
    lane.left.splice(at, 0, -Infinity);
    laneAt[index] = lane;
    timeAt[index] = time;
    return at;
  }

  return {
    all,
    extent() {
      let [from, to] = [Infinity, -Infinity];
      for (const { times } of all) {
        from = Math.min(from, times[0] ?? from);
        to = Math.max(to, times.at(-1) ?? to);
      }
      return from > to ? null : { from, to };
    },
    look(index, record) {
      const time = Date.parse(record.time);
      const name = laneOf(record);
      const old = laneAt[index] ?? null;
      const stays = shows(index) && !Number.isNaN(time);
      const isThere = old !== null && old.name === name && timeAt[index] === time;
      if (old && !(stays && isThere)) takeOut(index, old);
      if (!stays) return;
      const lane = laneFor(name);
      const at = isThere ? placeIn(lane, time, index) : putIn(index, lane, time);
      lane.marks[at] = MARKS.indexOf(markOf(record)) | (record.override?.forced ? FORCED : 0);
      lane.left[at] = leaves(record);
    },
    move(places) {
      const [movedLanes, movedTimes]: [(Lane | null)[], number[]] = [[], []];
      laneAt.forEach((lane, index) => {
        const place = places[index] ?? -1;
        if (place < 0) return;
        movedLanes[place] = lane;
        movedTimes[place] = timeAt[index] ?? NaN;
      });
      [laneAt, timeAt] = [movedLanes, movedTimes];
      for (const lane of [...all]) {
        const stay = lane.indexes.map(index => (places[index] ?? -1) >= 0);
        for (const key of ['times', 'marks', 'left', 'indexes'] as const)
          lane[key] = lane[key].filter((_, at) => stay[at]);
        lane.indexes = lane.indexes.map(index => places[index] ?? -1);
        forgetEmpty(lane);
      }
    },
    placeOf(index) {
      const lane = laneAt[index];
      return lane ? { lane: all.indexOf(lane), at: placeIn(lane, timeAt[index] ?? NaN, index) } : null;
    },
  };
}

/** When the event left the queue, or is to leave it. */
function leaves({ delivery: { state, queuedUntil, sentAt } }: Record): number {
  const text = state === 'queued' ? queuedUntil : sentAt;
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? -Infinity : at;
}

/** Where a record is in its lane, or is to be. Frames send on their own, so that now and then one comes late. */
function placeIn({ times, indexes }: Lane, time: number, index: number): number {
  const last = times.length - 1;
  const isLast = time > (times[last] ?? -Infinity) || (time === times[last] && index > (indexes[last] ?? -1));
  let [low, high] = isLast ? [times.length, times.length] : [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = times[middle] ?? Infinity;
    if (other < time || (other === time && (indexes[middle] ?? Infinity) < index)) low = middle + 1;
    else high = middle;
  }
  return low;
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
