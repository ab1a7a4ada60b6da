/** Records as they begin: of a call, or of a request that belongs to no call. */

import { textAt } from '../platform/json.ts';
import type { CallFact, SendFact } from '../record/facts.ts';
import type { Delivery, Json, Record, Verdict } from '../record/record.ts';
import { decide } from './decide.ts';
import type { Load } from './load.ts';
import { originOf } from './origin.ts';
import { reconstruct } from './reconstruct.ts';

export const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function recordOfCall(load: Load, fact: CallFact): Record {
  const decision = decide(fact);
  const { event, reconstructed } = eventOf(fact, load);
  const target = decision.state === 'accepted' ? textAt(event, 'meta', 'stream') : null;
  const redirected = target !== null && fact.stream !== undefined && target !== fact.stream;
  return {
    ...blank(load, fact.at),
    id: `${load.page.load}/${fact.seq}`,
    client: fact.client,
    clientVersion: fact.clientVersion ?? null,
    api: fact.api,
    stream: target ?? fact.stream ?? null,
    redirectedFrom: redirected ? (fact.stream ?? null) : null,
    instrument: fact.instrument ?? null,
    experiment: fact.experiment ?? null,
    // data of the caller replaces the action it was called with
    action: textAt(event, 'action') ?? fact.action ?? null,
    schema: fact.schema ?? textAt(event, '$schema'),
    decision,
    override: fact.override
      ? {
          rules: fact.override.rules,
          forced: fact.override.forced,
          without: { inSample: fact.override.naturallyIn ?? null },
        }
      : null,
    event,
    reconstructed,
    truncated: fact.truncated ?? false,
    delivery: {
      ...NO_DELIVERY,
      state: decision.state !== 'accepted' ? 'none' : load.page.ended === null ? 'queued' : 'lost',
      queuedUntil: fact.queuedUntil === undefined ? null : iso(fact.queuedUntil),
    },
    origin: fact.origin === undefined ? null : originOf(fact.origin, load.place.url),
    interaction: fact.interaction ?? null,
    session: fact.session ?? load.page.session,
    pageview: fact.pageview ?? load.page.pageview,
  };
}

/** `event` is one event of the request's body; its text where it does not parse, null where it cannot be read. */
export function recordOfSend(load: Load, fact: SendFact, event: Json, position: number): Record {
  const id = `${load.page.load}/${fact.seq}`;
  return {
    ...recordOfEvent(load, fact.at, event),
    id: placed(id, position),
    api: fact.via,
    truncated: fact.truncated ?? false,
  };
}

/** The same of a request that only the network layer saw. `id` is of the request. */
export function recordOfRequest(
  load: Load,
  at: number,
  api: string,
  id: string,
  event: Json,
  position: number,
): Record {
  return { ...recordOfEvent(load, at, event), id: placed(id, position), api };
}

const placed = (id: string, position: number): string => `${id}${position > 0 ? `.${position}` : ''}`;

/** What an event tells of itself. */
export function subjectOf(event: Json): Pick<Record, 'stream' | 'instrument' | 'experiment'> {
  return {
    stream: textAt(event, 'meta', 'stream'),
    instrument: textAt(event, 'instrument_name'),
    experiment: textAt(event, 'experiment', 'enrolled'),
  };
}

function recordOfEvent(load: Load, time: number, event: Json): Record {
  return {
    ...blank(load, time),
    ...subjectOf(event),
    action: textAt(event, 'action'),
    schema: textAt(event, '$schema'),
    event,
    session: textAt(event, 'performer', 'session_id') ?? load.page.session,
    pageview: textAt(event, 'performer', 'pageview_id') ?? load.page.pageview,
  };
}

/** The verdict with which a record begins, given its event. */
export function firstVerdict({ event, truncated, decision }: Record): Verdict {
  if (decision.state === 'waiting') return { verdict: 'pending', errors: [] };
  if (event === null) return { verdict: 'none', errors: [] };
  if (!truncated) return { verdict: 'pending', errors: [] };
  const cause =
    'The event is not known whole: it was too large, or part of it could not be read. Make it smaller and call again.';
  return { verdict: 'unavailable', errors: [], cause };
}

function eventOf(fact: CallFact, load: Load): { event: Json; reconstructed: boolean } {
  const event = fact.event ?? null;
  if (fact.seen === 'waiting' || fact.seen === 'answered') return { event, reconstructed: false };
  if (fact.seen === 'accepted' && event !== null) return { event, reconstructed: false };
  const complete = reconstruct(fact, load.page);
  return complete ? { event: complete, reconstructed: true } : { event, reconstructed: false };
}

const NO_DELIVERY: Delivery = { state: 'none', url: null, queuedUntil: null, sentAt: null, status: null, answer: null };

function blank(load: Load, time: number): Record {
  return {
    type: 'record',
    id: '',
    time: iso(time),
    frame: load.page.frame,
    client: 'unknown',
    clientVersion: null,
    api: '',
    stream: null,
    redirectedFrom: null,
    instrument: null,
    experiment: null,
    action: null,
    schema: null,
    decision: { state: 'unknown', reason: null, answer: null, agrees: true, sampling: null },
    override: null,
    event: null,
    reconstructed: false,
    truncated: false,
    delivery: { ...NO_DELIVERY },
    verdict: { verdict: 'pending', errors: [] },
    checks: [],
    origin: null,
    interaction: null,
    session: null,
    pageview: null,
    page: load.place,
    final: false,
  };
}
