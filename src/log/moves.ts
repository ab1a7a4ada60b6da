/** Where records have gone between two looks at the log. */

import { GONE } from './deliver.ts';

export interface Moves {
  /** How many of the records that were there at the last look still are. */
  readonly drained: number;
  /** All records were given these places; those that are negative are gone. */
  moved(places: Int32Array): void;
  /** None of them counts as having been there. */
  forget(): void;
  /** @returns the place of each record of the last look, null where none has moved */
  drain(records: number): Int32Array | null;
}

export function createMoves(): Moves {
  let drained = 0;
  let moved: Int32Array | null = null;
  return {
    get drained() {
      return drained;
    },
    moved(places) {
      const old = moved ?? Int32Array.from({ length: drained }, (_, index) => index);
      moved = old.map(place => (place < 0 ? -1 : (places[place] ?? -1)));
      drained = moved.reduce((count, place) => (place < 0 ? count : count + 1), 0);
    },
    forget() {
      moved = new Int32Array(moved?.length ?? drained).fill(-1);
      drained = 0;
    },
    drain(records) {
      const all = moved;
      moved = null;
      drained = records;
      return all;
    },
  };
}

/** Renames the members of a set, or the keys of a map, by `place`; those that get none are taken out. */
export function moveAll<V>(all: Set<number> | Map<number, V>, place: (index: number) => number): void {
  if (all instanceof Set) {
    const moved = [...all].map(place);
    all.clear();
    for (const index of moved) if (index !== GONE) all.add(index);
    return;
  }
  const moved = [...all];
  all.clear();
  for (const [index, value] of moved) if (place(index) !== GONE) all.set(place(index), value);
}
