import type { PageLoad } from '../log/types.ts';
import type { Hole, Record } from '../record/record.ts';

/** What the events list shows, line by line. */
export type Row =
  | { kind: 'record'; index: number; record: Record }
  | { kind: 'load'; load: PageLoad }
  | { kind: 'hole'; hole: Hole; load: PageLoad };

/** The rows of a log: grown by what is new, so that a row costs the same at any length. */
export interface Rows {
  readonly all: readonly Row[];
  /** The row's position of a record, by the record's index in the log; -1 where it has none yet. */
  position(index: number): number;
  /** Takes what the log has beyond what was taken before. Only where a hole was filled are all rows laid out again. */
  grow(records: readonly Record[], loads: readonly PageLoad[]): void;
  clear(): void;
}

export function createRows(): Rows {
  const all: Row[] = [];
  const positions: number[] = [];
  const byId = new Map<string, number>();
  const holes = new Map<PageLoad, Set<Hole>>();
  let known = 0;
  let placed = 0;

  /** Places the holes of a page load that begin before `seq` and have no row yet. */
  function placeHoles(load: PageLoad, seq: number): void {
    const rows = holes.get(load) ?? new Set();
    if (load.holes.length === rows.size) return;
    holes.set(load, rows);
    for (const hole of load.holes) {
      if (rows.has(hole) || hole.from >= seq) continue;
      rows.add(hole);
      all.push({ kind: 'hole', hole, load });
    }
  }

  /** A page load's line comes before its first record, and those of earlier page loads come earlier still. */
  function placeLoads(loads: readonly PageLoad[], upTo: number): void {
    for (; placed < upTo; placed++) {
      const load = loads[placed];
      if (load) all.push({ kind: 'load', load });
    }
  }

  function wasFilled(): boolean {
    for (const [load, rows] of holes) for (const hole of rows) if (!load.holes.includes(hole)) return true;
    return false;
  }

  function clear(): void {
    all.length = 0;
    positions.length = 0;
    byId.clear();
    holes.clear();
    known = 0;
    placed = 0;
  }

  return {
    all,
    position: index => positions[index] ?? -1,
    grow(records, loads) {
      if (wasFilled()) clear();
      for (; known < loads.length; known++) {
        const load = loads[known];
        if (load) byId.set(load.load, known);
      }
      for (let index = positions.length; index < records.length; index++) {
        const record = records[index];
        if (!record) break;
        const owner = byId.get(record.page.load) ?? -1;
        placeLoads(loads, owner + 1);
        const load = loads[owner];
        if (load && load.holes.length > 0) placeHoles(load, seqOf(record));
        positions.push(all.length);
        all.push({ kind: 'record', index, record });
      }
      placeLoads(loads, loads.length);
      for (const load of loads) placeHoles(load, Infinity);
    },
    clear,
  };
}

/** A record's id is `<page load>/<seq>`. */
function seqOf({ id }: Record): number {
  return parseInt(id.slice(id.lastIndexOf('/') + 1), 10);
}
