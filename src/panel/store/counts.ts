import type { Record } from '../../record/record.ts';
import { isRefused } from '../refused.ts';
import type { PanelState } from './state.ts';

/** Counts records of a kind, each looked at when it comes and when it changes. */
export interface Counts {
  look(index: number, record: Record): void;
  /** @param records how many there are */
  of(records: number): PanelState['counts'];
  clear(): void;
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
    clear() {
      dropped.clear();
      refused.clear();
    },
  };
}

function mark(set: Set<number>, index: number, on: boolean): void {
  if (on) set.add(index);
  else set.delete(index);
}
