/** Which element of one list is which of another. */

import { diffArrays } from 'diff';

/** A pair of positions. */
export type Pair = [before: number, after: number];

/** Beyond so many differences the rest is paired by position: an exact answer would take too long. */
const MOST_EDITS = 1_000;

/** Pairs what is the same in both, in order, by longest common subsequence; answers what is left of each, too. */
export function common(
  before: readonly string[],
  after: readonly string[],
): { pairs: Pair[]; left: [number[], number[]] } {
  const pairs: Pair[] = [];
  const left: [number[], number[]] = [[], []];
  const changes = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (!changes) return byPlace(before, after);
  let [one, other] = [0, 0];
  for (const { value, added, removed } of changes) {
    for (let count = value.length; count > 0; count--) {
      if (added) left[1].push(other++);
      else if (removed) left[0].push(one++);
      else pairs.push([one++, other++]);
    }
  }
  return { pairs, left };
}

/** Pairs equal texts by which time they occur: the first with the first, the second with the second. */
function byPlace(before: readonly string[], after: readonly string[]): ReturnType<typeof common> {
  const places = new Map<string, number[]>();
  after.forEach((text, place) => places.set(text, [...(places.get(text) ?? []), place]));
  for (const list of places.values()) list.reverse();
  const pairs: Pair[] = [];
  const taken = new Set<number>();
  const left: number[] = [];
  before.forEach((text, place) => {
    const other = places.get(text)?.pop();
    if (other === undefined) left.push(place);
    else {
      pairs.push([place, other]);
      taken.add(other);
    }
  });
  return { pairs, left: [left, after.flatMap((_, place) => (taken.has(place) ? [] : [place]))] };
}

/** Those of the pairs, sorted by their first, that keep the order of the second; as many as there can be. */
export function inOrder(pairs: readonly Pair[]): Set<Pair> {
  /** For each length, the place of the pair that ends such a run lowest. */
  const ends: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, after], place) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < after) low = middle + 1;
      else high = middle;
    }
    previous[place] = ends[low - 1] ?? -1;
    ends[low] = place;
  });
  const kept = new Set<Pair>();
  for (let place = ends.at(-1) ?? -1; place >= 0; place = previous[place] ?? -1) {
    const pair = pairs[place];
    if (pair) kept.add(pair);
  }
  return kept;
}
