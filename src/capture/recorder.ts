/**
 * Keeps the facts of this page load and hands them on. Nobody listens: the newest stay in a ring. Somebody listens:
 * handed on every 16 ms, and at once when 256 wait or the page is being left; of a hidden page, whose timers run once a
 * second at most, as soon as the script that made the calls has run.
 *
 * Like all of capture it holds its state in its module: there is one page, and every byte of the hook counts.
 */

import { create, getter, later, now, Plain, soon } from './natives.ts';
import { line } from './text.ts';

/** The last 1,000 records: a call and its request each. */
const RING = 2_048;
const FULL = 256;
const FLUSH_MS = 16;
/** Then a page has cleared the timer, as those do that clear every one there may be. */
const OVERDUE_MS = 1_000;

/** A fact under construction. It inherits nothing, so that no setter of the page is met; page values go in as `Raw`. */
export type Draft = { [field: string]: unknown };

export const draft = (kind: string, at: number): Draft => {
  const fact: Draft = new Plain();
  fact['kind'] = kind;
  fact['at'] = at;
  return fact;
};

/** Takes facts with consecutive seqs from `from`, one a line. The `lost` seqs before them are gone. */
export type Deliver = (from: number, lines: string, lost: number) => void;

const ring = create(null) as { [slot: number]: string };
let last = 0;
let handed = 0;
/** Somebody is handed the facts as they come. */
export let listening = false;
/** While the page is being left, each fact is handed on in the call that made it. */
export let isLeaving = false;
/** Until then a timer is trusted to flush; infinite while a flush is under way, or due when the running script ends. */
let trusted = 0;
export let isHidden: (self: unknown) => unknown;
let deliver: Deliver;
let beforeFlush: () => void;

export function startRecorder(to: Deliver, before: () => void): void {
  deliver = to;
  isHidden = getter(Document.prototype, 'hidden');
  beforeFlush = before;
}

function hand(): void {
  while (handed < last) {
    const oldest = last - RING + 1;
    const from = handed + 1 < oldest ? oldest : handed + 1;
    let to = from;
    let lines = ring[from % RING] as string;
    while (to < last && to - from < FULL - 1) lines += `\n${ring[++to % RING] as string}`;
    const lost = from - 1 - handed;
    handed = to;
    deliver(from, lines, lost);
  }
}

function flush(): void {
  // What is added by this asks for no other flush: of a hidden page that would go on for ever.
  trusted = Infinity;
  if (listening) {
    beforeFlush();
    hand();
  }
  trusted = 0;
}

/** Adds a fact, and gives it its seq. */
export function add(fact: Draft): void {
  fact['seq'] = ++last;
  ring[last % RING] = line(fact);
  if (!listening) return;
  if (isLeaving || last - handed >= FULL) hand();
  else if (trusted < Infinity && isHidden(document)) {
    trusted = Infinity;
    soon(window, flush);
  } else if (now() > trusted) {
    trusted = now() + OVERDUE_MS;
    later(window, flush, FLUSH_MS);
  }
}

/** Starts or stops handing on. Each start hands on all that the ring has. */
export function listen(on: boolean): void {
  listening = on;
  if (!on) return;
  handed = 0;
  flush();
}

export function leaving(on: boolean): void {
  isLeaving = on;
  flush();
}
