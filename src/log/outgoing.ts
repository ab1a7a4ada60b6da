/** What became of requests: which records each carries, how it ended, what the intake said. */

import { LEGACY_INTAKE } from '../platform/intake-url.ts';
import { textAt } from '../platform/json.ts';
import type { Note, SendFact } from '../record/facts.ts';
import { hash } from '../record/hash.ts';
import type { Json, Record } from '../record/record.ts';
import { compare, DISAGREES, wordsOf } from './answers.ts';
import { type Carried, eventsOf } from './body.ts';
import type { Book } from './book.ts';
import type { Post } from './deliver.ts';
import type { Load } from './load.ts';
import { iso, recordOfRequest, recordOfSend, subjectOf } from './records.ts';
import { createUnseen, type Unseen } from './unseen.ts';
import { createWire, type Ending, HASTY, type Hashed } from './wire.ts';

export interface Outgoing {
  send(load: Load, fact: SendFact): void;
  note(note: Note): void;
  /** See `Log.settle`. */
  settle(now: number): void;
  waits(): boolean;
  /** Keeps what a call gave the client, where the request has another event; `sent`: that event's text. */
  keep(index: number, called: Record, sent: string): void;
  /** Compares the intake's word with the verdict, once more. */
  compare(index: number): void;
  forget(): void;
}

/** A request as the log knows it: what it carries, in the order of its body. */
interface Request {
  load: Load;
  fact: SendFact;
  posts: Post[];
  /** Its body has been read. */
  isRead: boolean;
  hashed: Hashed | null;
}

/** A request whose body is yet to come, and of which no call is known. */
interface Late {
  load: Load;
  fact: SendFact;
  since: number | null;
}

/** How long the page may take to read a Blob, in milliseconds. */
const PATIENCE = 500;

export function createOutgoing(book: Book, loads: () => Iterable<Load>): Outgoing {
  /** By page load and seq: what a later fact may bring the body of. */
  const unread = new Map<string, Request>();
  const late = new Map<string, Late>();
  const unseen: Unseen = createUnseen(loads);
  const wire = createWire<Request>({
    ended(request, ending) {
      ended(request.posts, ending);
      // The status alone tells the intake's word, where it was asked to look first.
      if ('status' in ending && !HASTY.test(request.fact.url)) told(request.posts, ending.status, '');
    },
    read: (request, body) => read(request, { ...request.fact, body }),
    answered: ({ posts }, { status, body }) => told(posts, status, body),
    unseen(note, waited) {
      // The page's side has come, and waits for its body itself.
      for (const { load, fact } of late.values()) if (load.page.frame === note.frame && fact.at <= note.at) return null;
      const found = unseen.owner(note, waited);
      if (!found) return found;
      const { load, api } = found;
      const { url, at, body } = note;
      const fact: SendFact = {
        kind: 'send',
        seq: 1,
        at,
        via: 'fetch',
        url,
        outcome: 'sent',
        calls: [],
        ...(body === undefined ? {} : { body }),
      };
      const events = eventsOf(fact);
      const id = `${load.page.load}/${load.sequence.highest}w${load.unseen++}`;
      const posts = (events ?? [null]).map((carried, position) => {
        const post = book.add(load, recordOfRequest(load, at, api, id, carried?.event ?? null, position));
        load.deliveries.wireOnly(post, carried, undefined);
        depart(post, fact, url);
        return post;
      });
      return { load, fact, posts, isRead: events !== null, hashed: null };
    },
  });

  const keyOf = ({ page }: Load, seq: number) => `${page.load}/${seq}`;

  function send(load: Load, fact: SendFact): void {
    if (fact.completes !== undefined) return complete(load, fact, fact.completes);
    // A Blob's text comes later: until then nothing tells to which call it belongs.
    const isLate =
      fact.calls.length === 0 && isOut(fact) && fact.via !== 'image' && eventsOf(fact) === null && !fact.truncated;
    if (isLate) late.set(keyOf(load, fact.seq), { load, fact, since: null });
    else post(load, fact, false);
  }

  function complete(load: Load, fact: SendFact, seq: number): void {
    const key = keyOf(load, seq);
    const waiting = late.get(key);
    const request = unread.get(key);
    const own = { ...fact };
    delete own.completes;
    late.delete(key);
    unread.delete(key);
    if (waiting) post(load, { ...own, seq, at: waiting.fact.at }, true);
    else if (!request) post(load, own, true);
    else {
      if (fact.body !== undefined && !fact.truncated) request.hashed?.(hash(fact.body));
      read(request, { ...own, calls: request.fact.calls, seq, at: request.fact.at });
    }
  }

  function post(load: Load, fact: SendFact, isLate: boolean): void {
    const url = absolute(fact.url, load.page.url);
    const make = (before: Request | null, body: string | null): Request => {
      const whole = body === null ? fact : { ...fact, body };
      const events = eventsOf(whole);
      return {
        load,
        fact: whole,
        posts: postsOf(load, whole, url, before?.posts ?? []),
        isRead: events !== null,
        hashed: null,
      };
    };
    let request: Request;
    if (isOut(fact)) {
      const sent = fact.body ?? legacyQuery(url);
      const known = sent === null || fact.truncated ? null : hash(sent);
      const place = { frame: load.page.frame, via: fact.via, url, at: fact.at };
      let made: Request | undefined;
      const hashed = wire.sent(place, { hash: known, late: isLate }, (before, body) => (made = make(before, body)));
      request = made ?? make(null, null);
      request.hashed = hashed;
    } else request = make(null, null);
    if (!request.isRead && !isLate) unread.set(keyOf(load, fact.seq), request);
  }

  /** The records of a request's events; `before`: those that were made of it already. */
  function postsOf(load: Load, fact: SendFact, url: string, before: readonly Post[]): Post[] {
    const { deliveries } = load;
    const events = eventsOf(fact);
    const count = Math.max(events?.length ?? 0, fact.calls.length, 1);
    const parts = Array.from({ length: count }, (_, i) => ({ carried: events?.[i] ?? null, seq: fact.calls[i] }));
    const exact = parts.map(({ carried, seq }) =>
      seq !== undefined ? deliveries.of(seq) : carried && deliveries.claim(carried),
    );
    const posts = parts.map(({ carried, seq }, i) => {
      const known = exact[i] ?? (seq === undefined && carried ? deliveries.claimLoosely(carried) : null) ?? before[i];
      if (known && known === before[i] && book.get(known.index)?.client === 'unknown') {
        book.change(known.index, { api: fact.via });
      }
      if (known && carried) leftThePage(known.index, carried);
      return known ?? wireOnly(load, fact, carried, i);
    });
    for (const one of posts) depart(one, fact, url);
    return posts;
  }

  /** An event of no known call is a record of its own. */
  function wireOnly(load: Load, fact: SendFact, carried: Carried | null, position: number): Post {
    const made = book.add(load, recordOfSend(load, fact, carried?.event ?? null, position));
    load.deliveries.wireOnly(made, carried, fact.calls[position]);
    return made;
  }

  /** The body of a request has come: what it carries is told by it, whatever was known before. */
  function read(request: Request, fact: SendFact): void {
    if (request.isRead) return;
    const { load, posts } = request;
    request.fact = fact;
    const events = eventsOf(fact);
    if (!events) {
      if (fact.truncated) for (const { index } of posts) book.change(index, { truncated: true });
      return;
    }
    request.isRead = true;
    const url = absolute(fact.url, load.page.url);
    events.forEach((carried, i) => {
      const known = posts[i];
      if (known) leftThePage(known.index, carried);
      else {
        const more = load.deliveries.claim(carried) ?? wireOnly(load, fact, carried, i);
        posts.push(more);
        depart(more, fact, url);
        const first = book.get(posts[0]?.index ?? -1)?.delivery;
        const own = book.get(more.index)?.delivery;
        if (first && own) Object.assign(own, { state: first.state, status: first.status });
      }
    });
  }

  function depart(one: Post, fact: SendFact, url: string): void {
    one.taken = true;
    const record = book.get(one.index);
    if (!record) return;
    const { decision, delivery } = record;
    if (decision.state === 'dropped') {
      book.change(one.index, { decision: { ...decision, state: 'accepted', reason: null, agrees: false } });
    }
    delivery.state = fact.outcome === 'threw' ? 'refused' : fact.outcome;
    delivery.url = url;
    if (isOut(fact)) delivery.sentAt = iso(fact.at);
    book.checkAgain(one.index);
    book.touch(one.index);
  }

  /** The bytes of the request say what the event is, whatever was noted at the call: it can have changed since. */
  function leftThePage(index: number, { event, text }: Carried): void {
    const record = book.get(index);
    if (!record) return;
    if (!record.reconstructed && !record.truncated && JSON.stringify(record.event) === text) return;
    keep(index, record, text);
    book.change(index, {
      event,
      reconstructed: false,
      truncated: false,
      ...(record.client === 'unknown' ? subjectOf(event) : {}),
      schema: textAt(event, '$schema') ?? record.schema,
      action: textAt(event, 'action') ?? record.action,
    });
    book.judgeAgain(index);
  }

  function keep(index: number, { client, event, reconstructed, truncated }: Record, sent: string): void {
    // Events of old are put into their capsule after the call.
    if (client === 'unknown' || textAt(event, '$schema') === null || reconstructed || truncated) return;
    if (JSON.stringify(event) !== sent) book.keep(index, event);
  }

  function ended(posts: readonly Post[], ending: Ending): void {
    for (const { index } of posts) {
      const delivery = book.get(index)?.delivery;
      if (!delivery) continue;
      if ('status' in ending) {
        delivery.status = ending.status;
        if (delivery.state === 'sent') delivery.state = 'answered';
      } else {
        delivery.answer = ending.error;
        delivery.state = 'blocked';
      }
      book.touch(index);
    }
  }

  function told(posts: readonly Post[], status: number, body: string): void {
    const events = posts.map(({ index }): Json => book.get(index)?.event ?? null);
    wordsOf(status, body, events).forEach((word, i) => {
      const index = posts[i]?.index ?? -1;
      const delivery = book.get(index)?.delivery;
      if (!delivery || word === null || (body === '' && delivery.answer !== null)) return;
      delivery.status ??= status;
      delivery.answer = word;
      compareAt(index);
      book.touch(index);
    });
  }

  function compareAt(index: number): void {
    const record = book.get(index);
    if (record) book.find(index, check => check === DISAGREES, compare(record));
  }

  return {
    send,
    keep,
    note: wire.note,
    settle(now) {
      for (const [key, waiting] of late) {
        waiting.since ??= now;
        if (now - waiting.since < PATIENCE) continue;
        late.delete(key);
        post(waiting.load, waiting.fact, false);
      }
      wire.settle(now);
    },
    waits: () => late.size > 0 || wire.waits(),
    compare: compareAt,
    forget() {
      unread.clear();
      late.clear();
      wire.forget();
    },
  };
}

const isOut = ({ outcome }: SendFact): boolean => outcome === 'sent' || outcome === 'redirected';

/** What the background hashes of a legacy beacon, which has no body. */
function legacyQuery(url: string): string | null {
  return LEGACY_INTAKE.test(url) ? (/\?([^#]*)/.exec(url)?.[1] ?? null) : null;
}

function absolute(url: string, base: string): string {
  try {
    return new URL(url, base).href;
  } catch {
    return url;
  }
}
