/** Joins what the page was seen to send with what was seen of it from outside. */

import type { Note } from '../record/facts.ts';
import { createWaiting, type Claimable, type Waiting } from './waiting.ts';

/** How a request ended: the intake's HTTP status, or the browser's error. */
export type Ending = { status: number } | { error: string };

export type Answer = Extract<Note, { kind: 'answer' }>;
export type RequestNote = Extract<Note, { kind: 'request' }>;

/** Where a request was made: the way is a beacon, an image, or anything else. */
export interface Place {
  frame: number;
  via: string;
  url: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface WireEvents<T> {
  /** A request ended whose cargo is known; again where it went on after a redirect. */
  ended(cargo: T, ending: Ending): void;
  /** The body of a request, of which the page's side could not tell it. */
  read(cargo: T, body: string): void;
  answered(cargo: T, answer: Answer): void;
  /** A request that the page was not seen to make, for so many milliseconds. Null: not to be recorded yet; false: never. */
  unseen(note: RequestNote, waited: number): T | null | false;
}

/** The body that could not be read at once has come: its hash. */
export type Hashed = (hash: string) => void;

export interface Wire<T> {
  /**
   * A request that the page made. `hash` is of its body, null where unreadable; `late`: the page told it after the
   * request. `load` gives what comes back with its ending; it is handed what `unseen` gave before of the same request,
   * and its body where only that side has it.
   */
  sent(place: Place, body: { hash: string | null; late: boolean }, load: Load<T>): Hashed;
  note(note: Note): void;
  /**
   * Decides about requests that wait for the page's side of them since 1 s: they are joined by what little is known,
   * else told to `unseen`. `now`: milliseconds since the epoch, of any clock.
   */
  settle(now: number): void;
  /** Whether any waits. */
  waits(): boolean;
  /** What waits is not to be recorded any more. */
  forget(): void;
}

type Load<T> = (before: T | null, body: string | null) => T;

/** The page's side of a request. */
interface Sent<T> extends Claimable {
  cargo: T;
  hash: string | null;
  at: number;
}

interface Request<T> extends Claimable {
  note: RequestNote | null;
  ending: Ending | null;
  cargo: T | null;
  /** When it was first seen to wait. */
  since: number | null;
}

interface Meeting<T> {
  sends: Waiting<Sent<T>>;
  requests: Waiting<Request<T>>;
}

interface Asked<T> extends Claimable {
  cargo: T;
}
interface Told extends Claimable {
  answer: Answer;
}

/** Asked in this way, the intake answers before it looks, and with nothing: eventgate `routes/events.js`. */
export const HASTY = /[?&]hasty=[^&#]/;

/** How long the page's side may take, in milliseconds, before a request counts as unseen. */
const PATIENCE = 1_000;
/** How far apart, in milliseconds, the two sides of a request may be that nothing but their order joins. */
const NEAR = 5_000;
/** How far, in milliseconds, a page's coarsened clock may be ahead of the network layer's. */
const CLOCKS = 20;

/**
 * By the hash of the body where both sides have it, else in the order in which one frame asked for one URL. Either side
 * may come first.
 */
export function createWire<T>(events: WireEvents<T>): Wire<T> {
  const meetings = new Map<string, Meeting<T>>();
  /** By URL alone: Chromium counts an initial `about:blank` frame's requests to its parent. */
  const anywhere = new Map<string, Waiting<Sent<T>>>();
  const requests = new Map<string, Request<T>>();
  const waiting = new Set<Request<T>>();
  const asked = new Map<string, Waiting<Asked<T>>>();
  const told = new Map<string, Waiting<Told>>();

  function meetingAt({ frame, via, url }: Omit<Place, 'at'>): Meeting<T> {
    return getOr(meetings, `${frame} ${wayOf(via)} ${bare(url)}`, () => ({
      sends: createWaiting<Sent<T>>(),
      requests: createWaiting<Request<T>>(),
    }));
  }

  /** The request of a note, new where its beginning was not seen: the background may have been stopped then. */
  function requestOf(note: Exclude<Note, Answer>): Request<T> {
    let request = requests.get(note.request);
    if (!request) {
      const begin = note.kind === 'request' ? note : null;
      request = { taken: false, note: begin, ending: null, cargo: null, since: null };
      requests.set(note.request, request);
      const hash = begin?.hash ?? null;
      const meeting = meetingAt({ ...note, via: note.type });
      const sent = meeting.sends.take(hash, begin === null ? 'any' : hash === null ? 'unmarked' : 'none');
      if (sent) join(request, sent.cargo, sent.hash);
      else {
        meeting.requests.add(request, hash);
        waiting.add(request);
      }
    }
    return request;
  }

  function join(request: Request<T>, cargo: T, hash: string | null): void {
    request.taken = true;
    request.cargo = cargo;
    waiting.delete(request);
    if (hash === null && request.note?.body !== undefined) events.read(cargo, request.note.body);
    if (request.ending) events.ended(cargo, request.ending);
  }

  /** What the intake answers to this request is for this cargo. */
  function ask(url: string, hash: string | null, cargo: T): Hashed | null {
    if (HASTY.test(url)) return null;
    const answer = told.get(bare(url))?.take(hash, hash === null ? 'any' : 'unmarked');
    if (answer) {
      events.answered(cargo, answer.answer);
      return null;
    }
    const one = { taken: false, cargo };
    const waits = getOr(asked, bare(url), () => createWaiting<Asked<T>>());
    waits.add(one, hash);
    return known => {
      if (!one.taken) waits.add(one, known);
    };
  }

  function tell(answer: Answer): void {
    const { hash, url } = answer;
    const one = asked.get(bare(url))?.take(hash, hash === null ? 'any' : 'unmarked');
    if (one) events.answered(one.cargo, answer);
    else getOr(told, bare(url), () => createWaiting<Told>()).add({ taken: false, answer }, hash);
  }

  /** The page's side of a request that waits, by less than a hash. */
  function joinLoosely(request: Request<T>, note: RequestNote): boolean {
    const { frame, type, url } = note;
    const here = meetingAt({ frame, via: type, url }).sends;
    const elsewhere = anywhere.get(bare(url));
    const sent = takeNear(here, note) ?? (elsewhere ? takeNear(elsewhere, note) : null);
    if (sent) join(request, sent.cargo, sent.hash);
    return Boolean(sent);
  }

  return {
    sent(place, { hash, late }, load) {
      const meeting = meetingAt(place);
      // A body that the page's side could not read may well have a hash on the other: only time tells them apart.
      const request =
        hash === null
          ? meeting.requests.takeSuch(({ note }) => note !== null && note.at >= place.at - CLOCKS)
          : meeting.requests.take(hash, late ? 'unmarked' : 'none');
      const body = hash === null ? (request?.note?.body ?? null) : null;
      const cargo = load(request?.cargo ?? null, body);
      const isNew = request?.cargo !== cargo;
      const sent: Sent<T> = { taken: request !== null, cargo, hash, at: place.at };
      const elsewhere = getOr(anywhere, bare(place.url), () => createWaiting<Sent<T>>());
      const wait = () => {
        for (const sends of [meeting.sends, elsewhere]) sends.add(sent, sent.hash);
      };
      if (request) join(request, cargo, hash ?? body);
      else wait();
      const hashed = isNew ? ask(place.url, hash, cargo) : null;
      return known => {
        hashed?.(known);
        if (sent.taken) return;
        sent.hash = known;
        const found = meeting.requests.take(known, 'none');
        sent.taken = found !== null;
        if (found) join(found, cargo, known);
        else wait();
      };
    },
    note(note) {
      if (note.kind === 'answer') return tell(note);
      const request = requestOf(note);
      if (note.kind === 'request' || (note.kind === 'error' && isAnswered(request.ending))) return;
      request.ending = note.kind === 'status' ? { status: note.status } : { error: note.error };
      if (request.cargo !== null) events.ended(request.cargo, request.ending);
    },
    settle(now) {
      for (const request of waiting) {
        request.since ??= now;
        const waited = now - request.since;
        if (waited < PATIENCE) continue;
        const { note } = request;
        if (!note) waiting.delete(request);
        else if (!joinLoosely(request, note)) {
          const cargo = note.carries ? events.unseen(note, waited) : false;
          if (cargo === null) continue;
          waiting.delete(request);
          if (cargo === false) continue;
          request.cargo = cargo;
          // Nothing but its hash would tell it from another of the page, which comes later.
          request.taken = note.hash === null;
          ask(note.url, note.hash, cargo);
          if (request.ending) events.ended(cargo, request.ending);
        }
      }
    },
    waits: () => waiting.size > 0,
    forget: () => waiting.clear(),
  };
}

/** The page's side of about the same time; what is older has waited in vain, and does so no more. */
function takeNear<T>(sends: Waiting<Sent<T>>, { hash, at }: RequestNote): Sent<T> | null {
  for (;;) {
    const sent = sends.take(hash, hash === null ? 'any' : 'unmarked');
    if (!sent || Math.abs(sent.at - at) <= NEAR) return sent;
    if (sent.at < at) continue;
    sent.taken = false;
    return null;
  }
}

function getOr<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** A beacon is a `ping` in Chromium; fetch and XHR are one type in both browsers. */
function wayOf(via: string): string {
  if (via === 'ping' || via === 'beacon') return 'beacon';
  return via === 'image' || via === 'imageset' ? 'image' : 'other';
}

/** Firefox reports a beacon's 4xx or 5xx as an error too, after the status. A redirect is no answer yet. */
const isAnswered = (ending: Ending | null): boolean =>
  ending !== null && 'status' in ending && (ending.status < 300 || ending.status >= 400);

const bare = (url: string): string => url.split('#', 1)[0] ?? url;
