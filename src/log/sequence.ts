/** Which facts of one page load have come, and which are missing. */

import type { Hole } from '../record/record.ts';
import { isSeq } from './guards.ts';

export interface Sequence {
  /** Sorted by `from`, without overlap. A hole keeps its object while any of it is left. */
  readonly holes: Hole[];
  /** The highest seq that has come or is known to be missing. */
  readonly highest: number;
  /** Notes that this seq has come; false where it had come before. */
  take(seq: number): boolean;
  /** Notes that this seq has come, and cannot be read. */
  spoil(seq: number): void;
  /** Notes that nobody has these seqs any more; those that have come stay. */
  declare(hole: { from: number; to: number; reason: Hole['reason'] }): void;
  /** The highest seq up to which nothing is missing that could still come. */
  acknowledged(): number;
  /** Forgets the holes that nothing will fill; answers them. */
  forget(): Hole[];
  /** Knows of them again. */
  recall(holes: readonly Hole[]): void;
}

export function createSequence(load: string): Sequence {
  const holes: Hole[] = [];
  let highest = 0;

  /** The position of the first hole that ends at `seq` or later. */
  function find(seq: number): number {
    let low = 0;
    let high = holes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((holes[middle]?.to ?? seq) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function insert(from: number, to: number, reason: Hole['reason']): void {
    const position = find(from);
    const before = holes[position - 1];
    const after = holes[position];
    if (before?.to === from - 1 && before.reason === reason) {
      before.to = to;
      if (after?.from === to + 1 && after.reason === reason) {
        before.to = after.to;
        holes.splice(position, 1);
      }
    } else if (after?.from === to + 1 && after.reason === reason) after.from = from;
    else holes.splice(position, 0, { type: 'hole', load, from, to, reason });
  }

  /** Takes `from` to `to` out of the holes; answers the pieces that were in one. */
  function cut(from: number, to: number): { from: number; to: number }[] {
    const pieces: { from: number; to: number }[] = [];
    let position = find(from);
    for (let hole = holes[position]; hole && hole.from <= to; hole = holes[position]) {
      const end = hole.to;
      pieces.push({ from: Math.max(hole.from, from), to: Math.min(end, to) });
      if (hole.from < from) {
        hole.to = from - 1;
        position++;
        if (end > to) holes.splice(position, 0, { ...hole, from: to + 1, to: end });
      } else if (end > to) hole.from = to + 1;
      else holes.splice(position, 1);
    }
    return pieces;
  }

  function take(seq: number): boolean {
    if (seq > highest) {
      if (seq > highest + 1) insert(highest + 1, seq - 1, 'gap');
      highest = seq;
      return true;
    }
    return cut(seq, seq).length > 0;
  }

  return {
    holes,
    get highest() {
      return highest;
    },
    take,
    spoil(seq) {
      const hole = holes[find(seq)];
      const again = hole?.reason === 'unreadable' && hole.from <= seq;
      if (!again && take(seq)) insert(seq, seq, 'unreadable');
    },
    declare({ from, to, reason }) {
      if (!isSeq(from) || !isSeq(to) || to < from) return;
      for (const piece of cut(from, Math.min(to, highest))) insert(piece.from, piece.to, reason);
      if (to <= highest) return;
      if (from > highest + 1) insert(highest + 1, from - 1, 'gap');
      insert(Math.max(from, highest + 1), to, reason);
      highest = to;
    },
    acknowledged() {
      const gap = holes.find(hole => hole.reason === 'gap');
      return gap ? gap.from - 1 : highest;
    },
    forget() {
      const forgotten = holes.filter(hole => hole.reason !== 'gap');
      holes.splice(0, holes.length, ...holes.filter(hole => hole.reason === 'gap'));
      return forgotten;
    },
    recall(forgotten) {
      holes.push(...forgotten);
      holes.sort((a, b) => a.from - b.from);
    },
  };
}
