/** The log's own surface: facts and notes in, records out. Nothing here knows a browser or a view. */

import type { ContextFact, Envelope, Note, Unforced } from '../record/facts.ts';
import type { Finding, Hole, Json, Record, Verdict } from '../record/record.ts';

/** One life of a document, in one frame. */
export interface PageLoad {
  load: string;
  frame: number;
  url: string;
  /** Milliseconds since the epoch. */
  began: number;
  ended: number | null;
  session: string | null;
  pageview: string | null;
  /** Why no rule reaches it; absent where nothing is known to keep them from it. */
  unforced?: Unforced;
  /** The newest context of this page load: what the page knows. */
  context: ContextFact | null;
  /** How many records it has. */
  records: number;
  /** Of the facts that they were made of, in UTF-16 units: about the bytes of their JSON. */
  size: number;
  holes: Hole[];
  /** The highest seq up to which nothing is missing: what may be acknowledged. */
  acknowledged: number;
}

export interface SessionSummary {
  session: string | null;
  loads: PageLoad[];
  records: number;
  byStream: Map<string, { accepted: number; dropped: number; other: number }>;
  first: number;
  last: number;
}

/** What changed since the last drain. `changed` holds indexes of records that were there before. */
export interface Changes {
  added: number;
  /**
   * Where the records now are that were there at the last drain, -1 for those that are not; null where all are where
   * they were.
   */
  moved: Int32Array | null;
  changed: number[];
  loads: boolean;
}

/** How much a log keeps. */
export interface Limit {
  records: number;
  /** Of the facts that the records were made of, in UTF-16 units: about the bytes of their JSON. */
  size: number;
}

export interface Log {
  /** In order of arrival; a record keeps its index, and is changed in place when more becomes known of it. */
  readonly records: readonly Record[];
  readonly loads: readonly PageLoad[];
  /** Takes facts; drops those it has, keeps holes. Answers the seq of that load that may be acknowledged. */
  ingest(envelope: Envelope): number;
  note(note: Note): void;
  /**
   * Decides about what has waited for its counterpart for 1 s: above all about requests that only the network layer
   * saw, which become records of their own. To be called as long as `waits` says so. `now`: milliseconds, of any clock.
   */
  settle(now: number): void;
  /** Whether anything waits for its counterpart. */
  waits(): boolean;
  /**
   * Sets a record's verdict. With `of`, the event that was judged: ignored where the record has another one by now.
   * `pending` asks for it to be judged again.
   */
  verdict(index: number, verdict: Verdict, of?: Json): void;
  /** Sets a record's findings, beside those that the log makes itself of what the intake answered. */
  findings(index: number, findings: Finding[]): void;
  /** Records whose verdict is still pending, oldest first: their indexes. */
  pending(): number[];
  /** Records whose findings are still to be set, those that came first first: their indexes. */
  unchecked(): Iterable<number>;
  /** The event as it was at the call, where another one was sent; null where it is the record's own, or not known. */
  atCall(index: number): Json;
  /** What the caller passed as data, of calls whose client adds more to it; undefined where that is not known. */
  passed(index: number): Json | undefined;
  sessions(): SessionSummary[];
  drain(): Changes;
  /** How many of the oldest records went because of the limit, since the log was cleared. */
  readonly gone: number;
  /** Keeps no more than this from now on. */
  limit(limit: Limit): void;
  /** Lets go of the page loads that are over. */
  dropEnded(): void;
  /** Empties the log. What is cleared is kept aside until the next time, and still learns what becomes of it. */
  clear(): void;
  /** Brings back what was cleared last, before what has come since. */
  unclear(): void;
  /** What was cleared last is not to come back. */
  forgetCleared(): void;
}
