/** Within one page load: which call each event of a request belongs to. */

import { hash } from '../record/hash.ts';
import { textAt } from '../platform/json.ts';
import type { Json } from '../record/record.ts';
import type { Carried } from './body.ts';
import { createWaiting, type Claimable, type Waiting } from './waiting.ts';

/** A record that an event may be joined to. `taken`: a request carries it. */
export interface Post extends Claimable {
  /** The record's index, in the terms of `Book.get`; `GONE` where the log has it no more. */
  index: number;
}

export const GONE = Number.MIN_SAFE_INTEGER;
const isThere = ({ index }: Post): boolean => index !== GONE;

export interface Deliveries {
  /** A call. `open`: the client accepted its event, so that a request is to follow. */
  call(seq: number, post: Post, open: boolean): void;
  of(seq: number): Post | undefined;
  /** The oldest call that no request carries yet and whose event is this one. Takes it. */
  claim(carried: Carried): Post | null;
  /** The oldest one whose event is of the same stream and time: it may have been changed after the call. Takes it. */
  claimLoosely(carried: Carried): Post | null;
  /** A record made of a request, to which a call that comes later may turn out to belong. `seq`: that call, where known. */
  wireOnly(post: Post, carried: Carried | null, seq: number | undefined): void;
  /** The wire-only record that is in truth this call's; `event`: what the client accepted, null where it did not. Takes it. */
  adopt(seq: number, event: Json): Post | null;
  /** Accepted events that no request has carried. */
  open(): Post[];
  /** Forgets the records that are gone; where the page is gone too (`isOver`), also those whose request may not have come. */
  prune(isOver: boolean): void;
}

/**
 * @param eventAt the event of a record, by its index
 */
export function createDeliveries(eventAt: (index: number) => Json): Deliveries {
  const bySeq = new Map<number, Post>();
  const expected = new Map<number, Post>();
  const sought = createPlaces<Post>();
  const unclaimed = createPlaces<Claimable & { post: Post }>();
  let waiting: Post[] = [];
  let unindexed: Post[] = [];
  let limit = 1024;

  /** The hook mostly knows which call a request belongs to, so contents are only looked at when a request asks for it. */
  function index(): void {
    for (const post of unindexed) {
      if (post.taken || !isThere(post)) continue;
      const event = eventAt(post.index);
      sought.at(event).add(post, hash(JSON.stringify(event)));
    }
    unindexed = [];
  }

  return {
    call(seq, post, open) {
      bySeq.set(seq, post);
      if (!open) return;
      waiting.push(post);
      unindexed.push(post);
      if (waiting.length < limit) return;
      waiting = waiting.filter(({ taken }) => !taken);
      unindexed = unindexed.filter(({ taken }) => !taken);
      limit = Math.max(1024, waiting.length * 2);
    },
    of: seq => bySeq.get(seq),
    claim({ event, text }) {
      index();
      return sought.has(event) ? sought.at(event).take(hash(text), 'none') : null;
    },
    claimLoosely({ event }) {
      const isDated = textAt(event, 'meta', 'stream') !== null && timeOf(event) !== null;
      return isDated && sought.has(event) ? sought.at(event).take(null, 'any') : null;
    },
    wireOnly(post, carried, seq) {
      if (seq !== undefined) expected.set(seq, post);
      else if (carried) unclaimed.at(carried.event).add({ taken: false, post }, hash(carried.text));
    },
    adopt(seq, event) {
      const known = expected.get(seq);
      if (known) expected.delete(seq);
      if (known || event === null || !unclaimed.has(event)) return known && isThere(known) ? known : null;
      const found = unclaimed.at(event).take(hash(JSON.stringify(event)), 'none')?.post ?? null;
      return found && isThere(found) ? found : null;
    },
    open: () => waiting.filter(post => !post.taken && isThere(post)),
    prune(isOver) {
      // A request may still name a call that is gone: it is known by then that it was one.
      waiting = waiting.filter(post => !post.taken && !(isOver && !isThere(post)));
      const open = new Set(waiting);
      for (const [seq, post] of bySeq) if (!isThere(post) && !open.has(post)) bySeq.delete(seq);
      unindexed = unindexed.filter(isThere);
      if (bySeq.size > 0 || !isOver) return;
      for (const one of [expected, sought, unclaimed]) one.clear();
    },
  };
}

/** What waits, by the stream and time of its event. */
interface Places<T extends Claimable> {
  has(event: Json): boolean;
  at(event: Json): Waiting<T>;
  clear(): void;
}

function createPlaces<T extends Claimable>(): Places<T> {
  const places = new Map<string, Waiting<T>>();
  return {
    has: event => places.size > 0 && places.has(keyOf(event)),
    at(event) {
      const key = keyOf(event);
      const place = places.get(key) ?? createWaiting<T>();
      places.set(key, place);
      return place;
    },
    clear: () => places.clear(),
  };
}

/** A legacy event has no stream, but the name of its schema. */
const keyOf = (event: Json): string =>
  `${textAt(event, 'meta', 'stream') ?? textAt(event, 'schema') ?? ''}|${timeOf(event) ?? ''}`;

const timeOf = (event: Json): string | null => textAt(event, 'dt') ?? textAt(event, 'client_dt');
