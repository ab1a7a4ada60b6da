/** A stretch of lanes as marks in columns of pixels: as many marks as there is room for, however many records there are. */

import type { PageLoad } from '../types.ts';
import { FORCED, firstAfter, type Lane, type Stretch } from './lanes.ts';
import { type Mark, MARKS } from './marks.ts';

/** A place in pixels from the beginning of the picture: where it begins and where it ends. */
export type Span = [start: number, end: number];

export interface LanePicture {
  name: string | null;
  /** The columns in which there is a record of this mark, ascending. */
  columns: { [M in Mark]: number[] };
  /** The columns with a record that depends on an override. */
  forced: number[];
  /** Where events waited in the client's queue, joined where they overlap. */
  waits: Span[];
  /** How many records of the lane are in the picture. */
  records: number;
}

export interface LoadPicture {
  load: Pick<PageLoad, 'load' | 'url' | 'frame' | 'session'>;
  span: Span;
}

export interface Scale extends Stretch {
  /** Pixels. */
  width: number;
}

/** Pixels of a column. */
export const COLUMN = 4;
/** Clients queue for 30 s: what was called longer before a stretch is not looked through for waits that reach into it. */
const LONGEST_WAIT = 10 * 60_000;

export const xOf = (time: number, { from, to, width }: Scale): number => ((time - from) / (to - from)) * width;
export const timeOf = (x: number, { from, to, width }: Scale): number => from + (x / width) * (to - from);

/** The lane in this stretch. */
export function pictureOf({ name, times, marks, left }: Lane, scale: Scale): LanePicture {
  const columns: LanePicture['columns'] = { rest: [], waiting: [], dropped: [], accepted: [], refused: [] };
  const picture: LanePicture = { name, columns, forced: [], waits: [], records: 0 };
  const { from } = scale;
  const end = firstAfter(times, scale.to);
  let waited = -Infinity;
  /** Where the last column ends, and which marks it has already. */
  let [until, has, column] = [-Infinity, 0, -1];
  for (let i = firstAfter(times, from - LONGEST_WAIT); i < end; i++) {
    const time = times[i] ?? 0;
    const leaves = left[i] ?? -Infinity;
    // Most events of a queue leave it together: all but the first of them wait within its wait.
    if (leaves > time && leaves >= from && leaves > waited) {
      wait(picture.waits, time, leaves, scale);
      waited = leaves;
    }
    if (time < from) continue;
    picture.records++;
    if (time >= until) {
      column = Math.floor(xOf(time, scale) / COLUMN);
      until = timeOf((column + 1) * COLUMN, scale);
      has = 0;
    }
    const mark = marks[i] ?? 0;
    const bit = 1 << mark;
    if ((has & bit) !== 0) continue;
    has |= bit;
    const all = columns[MARKS[mark & ~FORCED] ?? 'rest'];
    if (all.at(-1) !== column) all.push(column);
    if ((mark & FORCED) !== 0 && picture.forced.at(-1) !== column) picture.forced.push(column);
  }
  return picture;
}

function wait(waits: Span[], called: number, left: number, scale: Scale): void {
  const [start, end] = [Math.max(0, xOf(called, scale)), Math.min(scale.width, xOf(left, scale))];
  if (end - start < 1) return;
  const last = waits.at(-1);
  if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end);
  else waits.push([start, end]);
}

/** Page loads in sight, in order. Those too small to be seen beside the one before are left out. */
export function loadsOf(loads: readonly PageLoad[], scale: Scale): LoadPicture[] {
  const seen: LoadPicture[] = [];
  const last = new Map<boolean, number>();
  for (const { load, url, frame, session, began, ended } of loads) {
    if (began === 0 || began > scale.to || (ended ?? Infinity) < scale.from) continue;
    const span: Span = [
      Math.max(0, xOf(began, scale)),
      Math.min(scale.width, ended === null ? scale.width : xOf(ended, scale)),
    ];
    const top = frame === 0;
    if (span[1] - (last.get(top) ?? -Infinity) < 2) continue;
    last.set(top, span[1]);
    seen.push({ load: { load, url, frame, session }, span });
  }
  return seen;
}

/** The sessions of page loads in sight: each where its page loads of the top frame are, one after the other. */
export function sessionsOf(loads: readonly LoadPicture[]): { session: string | null; span: Span }[] {
  const sessions: { session: string | null; span: Span }[] = [];
  for (const { load, span } of loads) {
    if (load.frame !== 0) continue;
    const before = sessions.at(-1);
    if (before && before.session === load.session) before.span[1] = Math.max(before.span[1], span[1]);
    else sessions.push({ session: load.session, span: [...span] });
  }
  return sessions;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(step => step * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(step => step * MINUTE),
  ...[1, 2, 3, 6, 12].map(step => step * HOUR),
];

/**
 * Round times of day in this stretch, at most one for each `apart` pixels.
 * @param zone minutes from local time to UTC, as `Date#getTimezoneOffset` has it
 */
export function ticksOf(scale: Scale, apart: number, zone: number): number[] {
  const room = ((scale.to - scale.from) / scale.width) * apart;
  if (!(room > 0) || !Number.isFinite(room)) return [];
  const step = STEPS.find(one => one >= room) ?? Math.ceil(room / DAY) * DAY;
  const shift = zone * MINUTE;
  const ticks: number[] = [];
  for (let at = Math.ceil((scale.from - shift) / step) * step + shift; at <= scale.to; at += step) ticks.push(at);
  return ticks;
}
