/**
 * Facts: what the hook notes in the page, before any explanation. They travel as JSON text, one string a fact, and
 * become records in the log. All of their content comes from the page and is hostile: readers guard every field.
 */

import type { Client } from './lists.ts';
import type { Json, JsonObject } from './record.ts';

interface Base {
  /** Counts up by one a fact within a page load, from 1. */
  seq: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** What the client did, as it was seen from outside; `unseen`: the call was made before the hook was there. */
export type Seen = 'accepted' | 'dropped' | 'answered' | 'waiting' | 'threw' | 'unseen';

/** The facts behind an event-logging decision, read at the moment of the call. */
export interface StreamFacts {
  /** Whether the client knows the stream; true for all where stream configs are switched off. */
  configured: boolean;
  /** The stream config's `sample` as it stands, any JSON; absent where it has none. */
  sample?: Json;
  /** `producers.metrics_platform_client.stream_name`, where the event is redirected. */
  redirect?: string;
  redirectConfigured?: boolean;
  /** The intake URL of the client; false or empty where it has none. Absent where unknown. */
  intake?: string | false;
  /** The client has not received its stream configs yet (the standalone client fetches them). */
  pending?: boolean;
}

/** The facts behind a Test Kitchen (or xLab) decision. */
export interface ObjectFacts {
  /** Which object was called or answered. */
  object: 'instrument' | 'unsampled-instrument' | 'experiment' | 'unenrolled-experiment' | 'overridden-experiment';
  /** Whether the instrument or experiment is in the client's configuration; null where it cannot be read. */
  configured: boolean | null;
  /** The instrument config's `sample`, as it was at `getInstrument`; absent where it has none. */
  sample?: Json;
  /** Whether the enrollment was in the Server-Timing header, which the compat API does not see. */
  inHeader?: boolean;
  /** Asked through the synchronous `compat` API. */
  compat?: boolean;
  /** The group that the server's configuration of this page assigns; null for none. The header's is `inHeader`. */
  group?: string | null;
  cookieEnabled?: boolean;
}

export interface CallFact extends Base {
  kind: 'call';
  client: Client;
  clientVersion?: string;
  api: string;
  seen: Seen;
  stream?: string;
  instrument?: string;
  experiment?: string;
  action?: string;
  schema?: string;
  /** The event as the client built it; of a call that was not accepted, as far as it came: at least what the caller passed. */
  event?: Json;
  /** The interaction data that the caller passed, where the client has built no event of it. */
  data?: Json;
  truncated?: boolean;
  /** The answer of a question (`seen: 'answered'`). */
  answer?: Json;
  /** The message of what was thrown (`seen: 'threw'`). */
  error?: string;
  streamFacts?: StreamFacts;
  objectFacts?: ObjectFacts;
  /** The identifier that the client read while deciding. */
  id?: string;
  /** The population size N of the legacy sampling, which takes one in N; null where it is no finite number. */
  population?: number | null;
  /** How many streams take the event of this name (`dispatch` only). */
  matched?: number;
  /** The call was the oldest in a full queue, and made room (`metrics-client` only). */
  queueFull?: boolean;
  session?: string;
  pageview?: string;
  /** `naturallyIn`: what the sampling would have been, where a rule decided it. */
  override?: { rules: JsonObject[]; forced: boolean; naturallyIn?: boolean };
  /** When the client's queue will flush at the latest, milliseconds since the epoch. */
  queuedUntil?: number;
  /** Set where this fact only completes an earlier call (a replayed `mw.track`, a promise's answer): that call's seq. */
  completes?: number;
  /** The caller's stack frame as the engine writes it: one line. Only while somebody listens. */
  origin?: string;
  /** The user's last trusted interaction before the call, such as `click on button#save, 130 ms before`. */
  interaction?: string;
}

/** One request of the page to an intake, from the transport wrapper: the bytes as they were sent. */
export interface SendFact extends Base {
  kind: 'send';
  via: 'beacon' | 'fetch' | 'xhr' | 'image';
  url: string;
  /** The body as text, or the query of a legacy beacon; absent where it cannot be read synchronously. */
  body?: string;
  truncated?: boolean;
  outcome: 'sent' | 'held' | 'redirected' | 'refused' | 'threw';
  /** Seqs of the calls whose events this request carries, in body order, where the hook knows all; else empty. */
  calls: number[];
  /** Set where this fact only brings the body of an earlier request, which could not be read at once: that fact's seq. */
  completes?: number;
}

/** What the page knows: identifiers, configs. Sent when somebody begins to listen, and again when it changes. */
export interface ContextFact extends Base {
  kind: 'context';
  clients: Client[];
  wiki?: string;
  skin?: string;
  /** What kind of user it is; never the name. */
  user?: 'anonymous' | 'temporary' | 'named';
  language?: string;
  /** The version of MediaWiki. */
  mediawiki?: string;
  /** The path of the wiki's action API on the page's own origin, such as `/w/api.php`. */
  api?: string;
  session?: string;
  pageview?: string;
  lingerSeconds?: number;
  intake?: string | false;
  /** Stream configs of the page (`sample` and `producers` only in the newest generation); false: switched off. */
  streams?: JsonObject | false;
  instruments?: JsonObject;
  experiments?: JsonObject;
  /** `wgTestKitchenUserExperiments`, as the page has it. */
  enrollments?: Json;
  /** What the response's `Server-Timing: WMF-Uniq` says, such as `name=group;`; empty where it says nothing. */
  header?: string;
  /** The `class` of the body, where the server marks groups. */
  bodyClass?: string;
  /** The exposure log in this tab's sessionStorage, as it is stored, by key. */
  exposures?: JsonObject;
  /** What was written to that log under override, and is kept out of the storage; null where it was removed. */
  aside?: JsonObject;
  /** What the browser says, whatever a rule makes of it. */
  cookieEnabled?: boolean;
  /** `wgCookiePrefix`: the names of the wiki's cookies begin with it. */
  cookiePrefix?: string;
  /** The identifiers in the cookies `<prefix>mwuser-sessionId` and `<prefix>el-sessionId`, where they have their form. */
  sessionCookie?: string;
  elSession?: string;
}

/** Life of the document. `begin` is always seq 1. */
export interface PageFact extends Base {
  kind: 'page';
  what: 'begin' | 'hide' | 'show' | 'url';
  url: string;
  /** Milliseconds the hook took at document_start (`begin` only). */
  cost?: number;
  persisted?: boolean;
}

export type Fact = CallFact | SendFact | ContextFact | PageFact;

/**
 * What became of requests, seen from outside the page: evidence of delivery. The background's notes have the browser's
 * request id; they are joined with what the page was seen to send by frame, way, URL and hash, else by order.
 */
export type Note =
  | (NoteBase & {
      kind: 'request';
      /** Of the body's text, or of the query of a legacy beacon; null where the browser does not give the bytes. */
      hash: string | null;
      /** It can carry an event: a POST, or a legacy beacon. */
      carries?: boolean;
      /** The body's text: never of a beacon, and only up to 50,000 characters. */
      body?: string;
      /** The origin whose shared or service worker sent it: such a request has no frame (-1). */
      worker?: string;
    })
  | (NoteBase & { kind: 'status'; status: number })
  | (NoteBase & { kind: 'error'; error: string })
  /** The panel's own: what the intake answered, where DevTools can read it. `hash` is of the request's body. */
  | { kind: 'answer'; url: string; at: number; hash: string | null; status: number; body: string };

interface NoteBase {
  request: string;
  /** The browser's frame id; -1 for none. */
  frame: number;
  /** The browser's type of request: `ping` or `beacon`, `xmlhttprequest` (fetch and XHR), `image` ... */
  type: string;
  url: string;
  /** Milliseconds since the epoch. */
  at: number;
}

/**
 * Why no rule reaches a document: it has no origin of its own and no response of its own; or the response cannot carry
 * rules (plain http in Firefox, a service worker's answer) and the page's policies forbid the request for them.
 */
export type Unforced = 'opaque' | 'connect-src' | 'sync-xhr';

/** A batch of facts of one page load, consecutive in seq, as it reaches the log. Frame, load and url are the extension's own knowledge. */
export interface Envelope {
  load: string;
  frame: number;
  url: string;
  facts: string[];
  unforced?: Unforced;
  /** Seqs of this page load that nobody has any more. */
  hole?: { from: number; to: number; reason: 'before-devtools' | 'relay-full' | 'paused' };
}
