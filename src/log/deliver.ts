/** Within one page load: which call each event of a request belongs to. */

import { hash } from '../record/hash.ts';
import type { Json } from '../record/record.ts';
import { textAt } from './records.ts';
import { createWaiting, type Claimable, type Waiting } from './waiting.ts';

/** A record that an event may be joined to. `taken`: a request carries it. */
export interface Post extends Claimable {
  /** The record's index; -1 where the log was cleared since. */
  index: number;
}

export interface Deliveries {
  /** A call. `open`: the client accepted its event, so that a request is to follow. */
  call(seq: number, post: Post, open: boolean): void;
  of(seq: number): Post | undefined;
  /** The call whose event this is: by content, the oldest first. Takes it. */
  claim(event: Json): Post | null;
  /** A record made of a request, to which a call that comes later may turn out to belong. `seq`: that call, where known. */
  wireOnly(post: Post, event: Json, seq: number | undefined): void;
  /** The wire-only record that is in truth this call's. Takes it. */
  adopt(seq: number, event: Json | null): Post | null;
  /** Accepted events that no request has carried. */
  open(): Post[];
  /** All records, so that they can be forgotten. */
  forget(): void;
}

/**
 * @param eventAt the event of a record, by its index
 */
export function createDeliveries(eventAt: (index: number) => Json): Deliveries {
  const bySeq = new Map<number, Post>();
  const unclaimed = createContents();
  const expected = new Map<number, Post>();
  const sought = createContents();
  let waiting: Post[] = [];
  let unindexed: Post[] = [];
  let limit = 1024;

  /** The hook mostly knows which call a request belongs to, so contents are only looked at when a request asks for it. */
  function index(): void {
    for (const post of unindexed) if (!post.taken && post.index >= 0) sought.add(post, eventAt(post.index));
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
    claim(event) {
      index();
      return sought.take(event, true);
    },
    wireOnly(post, event, seq) {
      if (seq !== undefined) expected.set(seq, post);
      else if (event !== null) unclaimed.add(post, event);
    },
    adopt(seq, event) {
      const known = expected.get(seq);
      if (known) expected.delete(seq);
      return known ?? (event === null ? null : unclaimed.take(event, false));
    },
    open() {
      return waiting.filter(({ taken }) => !taken);
    },
    forget() {
      for (const post of [...bySeq.values(), ...expected.values()]) post.index = -1;
      unclaimed.clear();
    },
  };
}

interface Contents {
  add(post: Post, event: Json): void;
  /** The oldest with an equal event; with `loosely`, else the oldest of the same stream and time: it may have changed since. */
  take(event: Json, loosely: boolean): Post | null;
  clear(): void;
}

function createContents(): Contents {
  const places = new Map<string, Waiting<Post>>();
  return {
    add(post, event) {
      const key = keyOf(event);
      const place = places.get(key) ?? createWaiting<Post>();
      places.set(key, place);
      place.add(post, contentOf(event));
    },
    take(event, loosely) {
      if (places.size === 0) return null;
      const key = keyOf(event);
      const loose = loosely && !key.startsWith('|') && !key.endsWith('|');
      return places.get(key)?.take(contentOf(event), loose ? 'any' : 'none') ?? null;
    },
    clear: () => places.clear(),
  };
}

/** Stream and time of an event; a legacy event has the time of the client, or only a schema's name. */
function keyOf(event: Json): string {
  const stream = textAt(event, 'meta', 'stream') ?? textAt(event, 'schema') ?? '';
  return `${stream}|${textAt(event, 'dt') ?? textAt(event, 'client_dt') ?? ''}`;
}

const contentOf = (event: Json): string => hash(JSON.stringify(event));
