import type { Record } from '../../record/record.ts';
import type { Reader } from './following.ts';

/** Records of which the same is to be told. */
export interface Alike<W> {
  what: W;
  /** Their indexes in the log, ascending. */
  indexes: readonly number[];
}

/** Sorts records by what a view tells of them, and by their page load. */
export interface Tally<W> extends Reader {
  of(load: string): Iterable<Alike<W>>;
  all(): Iterable<Alike<W>>;
}

/** What is told of them, without the records themselves. */
export function* whatOf<W>(all: Iterable<Alike<W>>): Generator<W> {
  for (const { what } of all) yield what;
}

/** What is told of the newest record among these; null where there is none. */
export function newestOf<W>(all: Iterable<Alike<W>>): W | null {
  let newest: Alike<W> | null = null;
  for (const one of all) if ((one.indexes.at(-1) ?? -1) > (newest?.indexes.at(-1) ?? -1)) newest = one;
  return newest?.what ?? null;
}

interface Group<W> extends Alike<W> {
  key: string;
  load: string;
  indexes: number[];
}

/** @param tell what is told of a record, as JSON has it; null where it is passed over */
export function createTally<W extends object | string>(tell: (record: Record) => W | null): Tally<W> {
  const loads = new Map<string, Map<string, Group<W>>>();
  let groupOf: (Group<W> | null)[] = [];

  function groupFor(load: string, what: W, key: string): Group<W> {
    let groups = loads.get(load);
    if (!groups) loads.set(load, (groups = new Map()));
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, load, what, indexes: [] }));
    return group;
  }

  function forgetEmpty({ load, key, indexes }: Group<W>): void {
    if (indexes.length > 0) return;
    const groups = loads.get(load);
    groups?.delete(key);
    if (groups?.size === 0) loads.delete(load);
  }

  function* all(): Generator<Group<W>> {
    for (const groups of loads.values()) yield* groups.values();
  }

  return {
    of: load => loads.get(load)?.values() ?? [],
    all,
    look(index, record) {
      const what = tell(record);
      const key = what === null ? null : JSON.stringify(what);
      const { load } = record.page;
      const old = groupOf[index] ?? null;
      if (old && old.key === key && old.load === load) return;
      if (old) {
        old.indexes.splice(placeOf(old.indexes, index), 1);
        forgetEmpty(old);
      }
      groupOf[index] = null;
      if (what === null || key === null) return;
      const group = groupFor(load, what, key);
      group.indexes.splice(placeOf(group.indexes, index), 0, index);
      groupOf[index] = group;
    },
    move(places) {
      const moved: (Group<W> | null)[] = [];
      groupOf.forEach((group, index) => {
        const place = places[index] ?? -1;
        if (place >= 0) moved[place] = group;
      });
      groupOf = moved;
      for (const group of [...all()]) {
        group.indexes = group.indexes.map(index => places[index] ?? -1).filter(place => place >= 0);
        forgetEmpty(group);
      }
    },
  };
}

/** Where an index is in an ascending list, or is to be. */
function placeOf(indexes: readonly number[], index: number): number {
  // Nearly all come last.
  let [low, high] = (indexes.at(-1) ?? -1) < index ? [indexes.length, indexes.length] : [0, indexes.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indexes[middle] ?? Infinity) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
