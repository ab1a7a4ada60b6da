/**
 * Keeps the facts of this page load and hands them on. Nobody listens: the newest stay in a ring. Somebody listens:
 * handed on every 16 ms, and at once when 256 wait or the page is being left.
 */

import { create, later } from './natives.ts';
import { line } from './text.ts';

/** The last 1,000 records: a call and its request each. */
const RING = 2_048;
const FULL = 256;
const FLUSH_MS = 16;

/** Takes facts with consecutive seqs from `from`, one a line. `lost`: all seqs after the first fact and before `from` are gone. */
export type Deliver = (from: number, lines: string, lost: number) => void;

export interface Recorder {
  /** Adds a fact; answers its seq. Its `seq` field is set here. */
  add(fact: { seq: number }): number;
  listening(): boolean;
  /** Starts or stops handing on. A start, and each further one, hands on all that the ring has. */
  listen(on: boolean): void;
  flush(): void;
  /** While the page is being left, each fact is handed on in the call that made it. */
  leaving(on: boolean): void;
}

export function createRecorder(deliver: Deliver, beforeFlush: () => void): Recorder {
  const ring = create(null) as { [slot: number]: string };
  let first = '';
  let last = 0;
  let handed = 0;
  let listening = false;
  let leaving = false;
  let scheduled = false;

  const oldest = () => (last > RING ? last - RING + 1 : 1);

  function hand(): void {
    while (handed < last) {
      const from = handed < oldest() ? oldest() : handed + 1;
      const to = from + FULL - 1 < last ? from + FULL - 1 : last;
      let lines = ring[from % RING] as string;
      for (let seq = from + 1; seq <= to; seq += 1) lines += `\n${ring[seq % RING] as string}`;
      const lost = from - 1 - handed;
      handed = to;
      deliver(from, lines, lost);
    }
  }

  function flush(): void {
    if (!listening) return;
    beforeFlush();
    hand();
  }

  function add(fact: { seq: number }): number {
    last += 1;
    fact.seq = last;
    const text = line(fact);
    ring[last % RING] = text;
    if (last === 1) first = text;
    if (!listening) return last;
    if (leaving || last - handed >= FULL) hand();
    else if (!scheduled) {
      scheduled = true;
      later(() => {
        scheduled = false;
        flush();
      }, FLUSH_MS);
    }
    return last;
  }

  return {
    add,
    flush,
    listening: () => listening,
    listen(on) {
      listening = on;
      if (!on) return;
      handed = 0;
      if (first && oldest() > 1) {
        deliver(1, first, 0);
        handed = 1;
      }
      flush();
    },
    leaving(on) {
      leaving = on;
      if (on) flush();
    },
  };
}
