import type { PageLoad } from '../log/types.ts';
import type { Hole, Record } from '../record/record.ts';
import { createIntegers } from './integers.ts';

/** What the events list shows, line by line. */
export type Row =
  | { kind: 'record'; index: number; record: Record }
  | { kind: 'load'; load: PageLoad; before: PageLoad | null }
  | { kind: 'hole'; hole: Hole; load: PageLoad }
  | { kind: 'gone'; count: number };

export interface RowSource {
  readonly records: readonly Record[];
  readonly loads: readonly PageLoad[];
  /** How many records the log has let go of. */
  readonly gone: number;
}

/** The rows of a log: grown by what is new, so that a row costs the same at any length. */
export interface Rows {
  readonly length: number;
  /** How many records of the log it has taken, with a row or without. */
  readonly taken: number;
  at(position: number): Row | null;
  /** The row's position of a record, by the record's index in the log; -1 where it has none. */
  position(index: number): number;
  /** Takes what the log has beyond what was taken before. Only where a hole was filled are all rows laid out again. */
  grow(): void;
  /** Lays out again from this record on, with the next `grow`: whether it is shown, or what comes before it, has changed. */
  cut(index: number): void;
  clear(): void;
}

/**
 * @param shown answers how to tell, at this time, whether the record at an index has a row; null where all have. Where
 *   some have none, page loads without rows have none either
 */
export function createRows(source: RowSource, shown: () => ((index: number) => boolean) | null): Rows {
  /** A record's index; or, negative, a separator's place in `separators`, counted from -1 down. */
  const cells = createIntegers();
  const separators: Exclude<Row, { kind: 'record' }>[] = [];
  const order = new Map<string, number>();
  const placed = new Set<PageLoad>();
  const holes = new Map<PageLoad, Set<Hole>>();
  let next = 0;
  let inOrder = 0;

  function separate(row: Exclude<Row, { kind: 'record' }>): void {
    separators.push(row);
    cells.push(-separators.length);
  }

  /** Places the holes of a page load that begin before `seq` and have no row yet. */
  function placeHoles(load: PageLoad, seq: number): void {
    const rows = holes.get(load) ?? new Set();
    if (load.holes.length === rows.size) return;
    holes.set(load, rows);
    for (const hole of load.holes) {
      if (rows.has(hole) || hole.from >= seq) continue;
      rows.add(hole);
      separate({ kind: 'hole', hole, load });
    }
  }

  function placeLoad(at: number): void {
    const load = source.loads[at];
    if (!load || placed.has(load)) return;
    placed.add(load);
    separate({ kind: 'load', load, before: source.loads[at - 1] ?? null });
  }

  /** A page load's line comes before its first record, and those of earlier page loads come earlier still. */
  function placeLoads(upTo: number, all: boolean): void {
    if (!all) return placeLoad(upTo - 1);
    for (; inOrder < upTo; inOrder++) placeLoad(inOrder);
  }

  function wasFilled(): boolean {
    for (const [load, rows] of holes) for (const hole of rows) if (!load.holes.includes(hole)) return true;
    return false;
  }

  /** Records stand in the order of their indexes, with separators in between. */
  function search(index: number): number {
    let from = 0;
    let to = cells.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      let at = middle;
      while (at < to && (cells.at(at) ?? -1) < 0) at++;
      const cell = at < to ? (cells.at(at) ?? -1) : Infinity;
      if (cell === index) return at;
      if (cell < index) from = at + 1;
      else to = middle;
    }
    return -1;
  }

  function pop(): void {
    const cell = cells.pop() ?? 0;
    if (cell >= 0) return;
    const row = separators.pop();
    if (row?.kind === 'hole') holes.get(row.load)?.delete(row.hole);
    if (row?.kind !== 'load') return;
    placed.delete(row.load);
    inOrder = Math.min(inOrder, order.get(row.load.load) ?? 0);
  }

  function clear(): void {
    for (const list of [cells, separators]) list.length = 0;
    for (const map of [order, placed, holes]) map.clear();
    next = 0;
    inOrder = 0;
  }

  return {
    get length() {
      return cells.length;
    },
    get taken() {
      return next;
    },
    at(position) {
      const cell = cells.at(position);
      if (cell === undefined) return null;
      if (cell < 0) return separators[-1 - cell] ?? null;
      const record = source.records[cell];
      return record ? { kind: 'record', index: cell, record } : null;
    },
    position: index => (index < 0 ? -1 : search(index)),
    grow() {
      const { records, loads, gone } = source;
      if (wasFilled()) clear();
      if (cells.length === 0 && gone > 0) separate({ kind: 'gone', count: gone });
      for (let at = order.size; at < loads.length; at++) order.set(loads[at]?.load ?? '', at);
      const isShown = shown();
      /** Of the record before, which mostly has the same: the log has one for all of a page load. */
      let place: Record['page'] | null = null;
      let load: PageLoad | undefined;
      for (; next < records.length; next++) {
        const record = records[next];
        if (!record || (isShown && !isShown(next))) continue;
        if (record.page !== place) {
          place = record.page;
          const at = order.get(place.load) ?? -1;
          load = loads[at];
          placeLoads(at + 1, !isShown);
        }
        if (load && load.holes.length > 0) placeHoles(load, seqOf(record));
        cells.push(next);
      }
      if (!isShown) placeLoads(loads.length, true);
      for (const one of loads) if (placed.has(one)) placeHoles(one, Infinity);
    },
    cut(index) {
      if (index >= next) return;
      for (let last = cells.last(); last !== undefined && (last < 0 || last >= index); last = cells.last()) pop();
      next = index;
    },
    clear,
  };
}

/** A record's id is `<page load>/<seq>`. */
function seqOf({ id }: Record): number {
  return parseInt(id.slice(id.lastIndexOf('/') + 1), 10);
}
