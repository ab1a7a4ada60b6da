/** The record: one call with its decision, event, delivery, verdict and checks. The unit of the log and of every file. */

import type { Client, DecisionState, DeliveryState, Reason, VerdictName, VerdictStep } from './lists.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** The sampling behind a decision. `value` is the normalised identifier, 0 to 1; `rate` is what the config says, unchanged. */
export interface Sampling {
  unit: string | null;
  id: string | null;
  value: number | null;
  rate: Json;
  inSample: boolean;
  /** The legacy sampling: one in so many, by the remainder of the identifier. `rate` is then its inverse. */
  population?: number;
}

export interface Decision {
  state: DecisionState;
  reason: Reason | null;
  /** The client's answer to a question such as `getInstrument`, as JSON; null for calls that ask nothing. */
  answer: Json;
  /** False where the client was seen to do something else than its published rules say. */
  agrees: boolean;
  sampling: Sampling | null;
}

export interface Delivery {
  state: DeliveryState;
  url: string | null;
  /** ISO 8601 UTC, as are all times of a record. */
  queuedUntil: string | null;
  sentAt: string | null;
  /** The HTTP status of the intake's answer. */
  status: number | null;
  /** What the intake's answer said, where it can be read; or the browser's error. */
  answer: Json;
}

/** One error of the intake's validator, in Ajv's terms, with `instancePath` as a JSON Pointer. */
export interface VerdictError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  message: string;
  params?: JsonObject;
  /** What it is about, as a JSON Pointer: of a property too many that property, else the same as `instancePath`. */
  at?: string;
  /** What the schema has at `schemaPath`; of a required property its name. Absent where that is long. */
  expected?: Json;
  /** What the event has at `at`, strings cut. Absent where it has nothing, or much. */
  actual?: Json;
}

/** Where on the intake's way an event fell, in the same terms. `path` is null where it is about the whole event. */
export interface Fall {
  step: VerdictStep;
  path: string | null;
  expected?: Json;
  actual?: Json;
}

export interface Verdict {
  verdict: VerdictName;
  errors: VerdictError[];
  /** Absent of what is valid, and where nothing was judged. */
  fell?: Fall;
  /** Why there is no plain verdict (`unavailable`, `unreadable-schema` ...): what happened, to what, what to do next. */
  cause?: string;
}

export interface Finding {
  check: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  path: string | null;
}

/** Which override rules acted on a call, and what would have happened without them. */
export interface OverrideMark {
  rules: JsonObject[];
  /** Whether the event is forced: its being sent, or any byte of it, depends on an override. */
  forced: boolean;
  /** Null where no sampling was forced. */
  without: { inSample: boolean | null };
}

export interface Record {
  type: 'record';
  /** `<page load>/<seq>`. */
  id: string;
  time: string;
  /** The browser's frame id; 0 is the top frame. */
  frame: number;
  client: Client;
  clientVersion: string | null;
  api: string;
  stream: string | null;
  redirectedFrom: string | null;
  instrument: string | null;
  experiment: string | null;
  action: string | null;
  schema: string | null;
  decision: Decision;
  override: OverrideMark | null;
  event: Json;
  /** The client never built this event; it was built here to give a verdict. */
  reconstructed: boolean;
  truncated: boolean;
  delivery: Delivery;
  verdict: Verdict;
  checks: Finding[];
  origin: string | null;
  interaction: string | null;
  session: string | null;
  pageview: string | null;
  page: { load: string; url: string };
  /** Nothing in this record will change any more. */
  final: boolean;
}

/** A stretch of a page load of which nothing is known, shown instead of being lost silently. Seqs are inclusive. */
export interface Hole {
  type: 'hole';
  load: string;
  from: number;
  to: number;
  reason: 'before-devtools' | 'relay-full' | 'gap' | 'unreadable' | 'paused';
}

export interface Header {
  type: 'header';
  format: 1;
  time: string;
  extension: string;
  browser: string;
  wiki: string | null;
  skin: string | null;
  overrides: JsonObject[];
  /** Of a test session: its name, and from when to when it was recorded. `ended` is null where nobody saw its end. */
  test?: { name: string; started: string; ended: string | null };
  environment?: Environment;
}

/** What a test session was recorded under, beside browser, wiki, skin and overrides. Nothing that names the user. */
export interface Environment {
  user: 'anonymous' | 'temporary' | 'named' | null;
  language: string | null;
  mediawiki: string | null;
  /** Of the stream configs that the client had: equal texts, equal digests. */
  streamConfigs: string | null;
  repositories: string[];
}

export const MARKS = ['start', 'step', 'note', 'pause', 'resume', 'stop', 'interrupted'] as const;

/** What the tester did, or what befell the recording. `text`: the step's name, the note, or why it ended. */
export interface Mark {
  type: 'mark';
  time: string;
  what: (typeof MARKS)[number];
  text: string;
}

/** One line of an exported file. Readers ignore unknown fields and unknown types. */
export type Line = Header | Record | Hole | Mark;
