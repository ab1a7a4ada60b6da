import type { Record } from '../../record/record.ts';
import { isRefused } from '../refused.ts';
import type { PanelState } from './state.ts';

/** Counts records of a kind, each looked at when it comes and when it changes. */
export interface Counts {
  look(index: number, record: Record): void;
  /** @param records how many there are */
  of(records: number): PanelState['counts'];
  /** Records have other places now, -1 for none. */
  move(places: Int32Array): void;
}

export function createCounts(): Counts {
  const dropped = new Set<number>();
  const refused = new Set<number>();
  return {
    look(index, { decision, verdict }) {
      mark(dropped, index, decision.state === 'dropped');
      mark(refused, index, decision.state === 'accepted' && isRefused(verdict.verdict));
    },
    of: records => ({ records, dropped: dropped.size, refused: refused.size }),
    move(places) {
      for (const set of [dropped, refused]) {
        const kept = [...set].map(index => places[index] ?? -1).filter(index => index >= 0);
        set.clear();
        for (const index of kept) set.add(index);
      }
    },
  };
}

function mark(set: Set<number>, index: number, on: boolean): void {
  if (on) set.add(index);
  else set.delete(index);
}
