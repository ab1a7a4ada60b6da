/** Joins what the page was seen to send with what the background saw on the wire. */

import type { Note } from '../record/facts.ts';
import { createWaiting, type Claimable, type Waiting } from './waiting.ts';

/** How a request ended: the intake's HTTP status, or the browser's error. */
export type Ending = { status: number } | { error: string };

export interface Wire<T> {
  /** A request that the page made. `cargo` comes back with its ending; `hash` is of its body, null where unreadable. */
  sent(frame: number, url: string, hash: string | null, cargo: T): void;
  note(note: Note): void;
}

interface Sent<T> extends Claimable {
  cargo: T;
}

interface Request<T> extends Claimable {
  ending: Ending | null;
  sent: Sent<T> | null;
}

interface Place<T> {
  sends: Waiting<Sent<T>>;
  requests: Waiting<Request<T>>;
}

/**
 * By the hash of the body where both sides have it, else in the order in which one frame asked for one URL. Either side
 * may come first. `onEnding` is called when a request whose counterpart is found ends, and again where it went on after a
 * redirect.
 */
export function createWire<T>(onEnding: (cargo: T, ending: Ending) => void): Wire<T> {
  const places = new Map<string, Place<T>>();
  const requests = new Map<string, Request<T>>();

  function placeOf(frame: number, url: string): Place<T> {
    const key = `${frame} ${withoutFragment(url)}`;
    let place = places.get(key);
    if (!place) {
      place = { sends: createWaiting(), requests: createWaiting() };
      places.set(key, place);
    }
    return place;
  }

  /** The request of a note, new where its beginning was not seen: the background may have been stopped then. */
  function requestOf(note: Note): Request<T> {
    let request = requests.get(note.request);
    if (!request) {
      request = { taken: false, ending: null, sent: null };
      requests.set(note.request, request);
      const hash = note.kind === 'request' ? note.hash : null;
      const place = placeOf(note.frame, note.url);
      request.sent = place.sends.take(hash, hash === null ? 'any' : 'unmarked');
      if (!request.sent) place.requests.add(request, hash);
    }
    return request;
  }

  return {
    sent(frame, url, hash, cargo) {
      const place = placeOf(frame, url);
      const sent: Sent<T> = { taken: false, cargo };
      const request = place.requests.take(hash, hash === null ? 'any' : 'unmarked');
      if (!request) place.sends.add(sent, hash);
      else if (request.ending) onEnding(cargo, request.ending);
      else request.sent = sent;
    },
    note(note) {
      const request = requestOf(note);
      if (note.kind === 'request' || (note.kind === 'error' && isAnswered(request.ending))) return;
      request.ending = note.kind === 'status' ? { status: note.status } : { error: note.error };
      if (request.sent) onEnding(request.sent.cargo, request.ending);
    },
  };
}

/** Firefox reports a beacon's 4xx or 5xx as an error too, after the status. A redirect is no answer yet. */
const isAnswered = (ending: Ending | null): boolean =>
  ending !== null && 'status' in ending && (ending.status < 300 || ending.status >= 400);

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
