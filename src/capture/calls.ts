/** The calls under way: what the wrappers note between a call's begin and its end becomes one fact. */

import type { Client } from '../record/lists.ts';
import type { Rule } from '../record/override.ts';
import { identifiers } from './identifiers.ts';
import { lastInteraction } from './interaction.ts';
import { assign, bare, now, ownText, setPrototypeOf } from './natives.ts';
import { callerFrame } from './origin.ts';
import { add, type Draft, draft, listening } from './recorder.ts';
import { type Raw, snapshot } from './text.ts';

export interface Call {
  /** The fact, in the terms of CallFact. Its `seq` is there once the call has ended. */
  fact: Draft;
  /** What the call was made on: to tell the client's own inner calls from the page's. */
  self: unknown;
  /** The event as far as the client has built it, else what it was given. */
  event: unknown;
  /** The client put the event into its queue, or sent it. */
  accepted: boolean;
  /** The event's being sent, or any byte of it, depends on an override. */
  forced: boolean;
  outer: Call | null;
  sends: Sent | null;
}

/** Calls whose events one request carries, in the order of its body. */
export interface Batch {
  call: Call;
  next: Batch | null;
}

/** Requests made inside a call that has not ended, newest first: recorded right after it. */
interface Sent {
  fact: Draft;
  batch: Batch;
  before: Sent | null;
}

/** The innermost call under way. */
export let current: Call | null = null;
let sending: Batch | null = null;

export function begin(client: Client, api: string, self: unknown, event?: unknown): Call {
  const fact = draft('call', now());
  fact['client'] = client;
  fact['api'] = api;
  fact['interaction'] = lastInteraction();
  if (listening) fact['origin'] = callerFrame(begin);
  const rules = tainting();
  if (rules) fact['override'] = { rules, forced: true };
  current = { fact, self, event, accepted: false, forced: rules !== null, outer: current, sends: null };
  return current;
}

let tainting: () => readonly Rule[] | null = () => null;
/** From now on `of` is asked at each call for the rules that make every event of the document forced. */
export const taintBy = (of: typeof tainting): void => {
  tainting = of;
};

/** Marks a call whose sampling a rule has forced, from what it would have been to what it is. */
export function markForced(call: Call, rule: Rule, naturallyIn: boolean, isIn: boolean): void {
  const rules = bare([rule]);
  const before = tainting();
  for (let i = 0; before && i < before.length; i++) rules[i + 1] = before[i] as Rule;
  const forced = isIn !== naturallyIn;
  call.forced ||= forced && isIn;
  call.fact['override'] = { rules, forced: forced || before !== null || call.forced, naturallyIn };
}

/** Takes up an earlier call: what was forced then is so still. */
export function complete(call: Call, earlier: Call | undefined): void {
  if (!earlier) return;
  call.fact['completes'] = earlier.fact['seq'];
  call.forced ||= earlier.forced;
  call.fact['override'] ??= earlier.fact['override'];
}

/** Leaves a call unrecorded: another step records it. */
export function abandon(call: Call): void {
  current = call.outer;
}

/** Records the call. `failed`: the client threw `result`. */
export function end(call: Call, result: unknown, failed: boolean): void {
  abandon(call);
  const { fact, event, accepted } = call;
  if (failed) {
    fact['seen'] = 'threw';
    fact['error'] = ownText(result, 'message');
  } else fact['seen'] ??= accepted ? 'accepted' : 'dropped';
  const text = event === null ? undefined : snapshot(event);
  if (text) {
    fact['event'] = text;
    if (text.truncated) fact['truncated'] = true;
  }
  assign(fact, identifiers);
  add(fact);
  addSends(call.sends);
}

function addSends(sent: Sent | null): void {
  if (!sent) return;
  addSends(sent.before);
  addSend(sent.fact, sent.batch);
}

function addSend(fact: Draft, batch: Batch | null): void {
  const seqs: unknown[] = setPrototypeOf([], null);
  let length = 0;
  for (let at = batch; at; at = at.next) seqs[length++] = at.call.fact['seq'];
  fact['calls'] = seqs;
  add(fact);
}

/** Runs a queued send as part of the calls that queued it. */
export function send<R>(batch: Batch | null, run: () => R): R {
  const before = sending;
  sending = batch;
  try {
    return run();
  } finally {
    sending = before;
  }
}

/** The calls to which a request made now belongs. */
export const senders = (): Batch | null => sending ?? (current && { call: current, next: null });

/** Whether a request made now carries an event that is forced. */
export function isForced(): boolean {
  let forced = false;
  for (let at = senders(); at; at = at.next) forced ||= at.call.forced;
  return forced;
}

/** Notes a request, in the terms of SendFact. Its seq is there at once, or as soon as the call under way has ended. */
export function sent(via: string, url: string, body: Raw | undefined, outcome: string): Draft {
  const fact = draft('send', now());
  fact['via'] = via;
  fact['url'] = url;
  fact['body'] = body;
  fact['outcome'] = outcome;
  if (body?.truncated) fact['truncated'] = true;
  const batch = senders();
  let underWay: Call | null = null;
  for (let at = batch; at; at = at.next) if (!at.call.fact['seq']) underWay = at.call;
  if (batch && underWay) {
    underWay.accepted = true;
    underWay.sends = { fact, batch, before: underWay.sends };
  } else addSend(fact, batch);
  return fact;
}
