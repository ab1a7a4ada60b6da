/** The calls under way: what the wrappers note between a call's begin and its end becomes one fact. */

import type { CallFact, SendFact } from '../record/facts.ts';
import type { Client } from '../record/lists.ts';
import { now, ownText } from './natives.ts';
import type { Recorder } from './recorder.ts';
import { snapshot } from './text.ts';

/** A fact as the hook writes it: page values are live until the end of the call, then `Raw` text. */
type Draft<F> = { [K in keyof F]?: unknown };

export interface Call {
  client: Client;
  api: string;
  /** What the call was made on, and the data it was given: to tell the client's own inner calls from the page's. */
  self: unknown;
  data: unknown;
  stream: string | undefined;
  instrument: string | undefined;
  experiment: string | undefined;
  action: string | undefined;
  /** The event as far as the client has built it. */
  event: unknown;
  /** The client began to complete the event. */
  built: boolean;
  /** The client put the event into its queue, or sent it. */
  accepted: boolean;
  waiting: boolean;
  asked: boolean;
  answer: unknown;
  forced: boolean;
  /** Facts that the adapter adds, in the terms of CallFact. */
  facts: Draft<CallFact>;
  /** 0 until the call has ended and its fact is recorded. */
  seq: number;
  sends: Sent | null;
  outer: Call | null;
}

/** A request made inside a call that has not ended: recorded right after it. */
interface Sent {
  fact: Draft<SendFact>;
  next: Sent | null;
}

export interface Calls {
  /** The innermost call under way. */
  current(): Call | null;
  begin(client: Client, api: string, self: unknown, data: unknown): Call;
  /** Records the call. `thrown` is what the client threw, if it did. */
  end(call: Call, threw: boolean, thrown?: unknown): void;
  /** Leaves a call unrecorded: another step records it. */
  abandon(call: Call): void;
  /** Runs a queued send as part of the call that queued it. */
  sending<R>(call: Call, send: () => R): R;
  /** The call to which a request made now belongs. */
  sender(): Call | null;
  sent(fact: Draft<SendFact>): void;
}

export function createCalls(recorder: Recorder, identifiers: () => Draft<CallFact>): Calls {
  let current: Call | null = null;
  let sender: Call | null = null;

  function record(call: Call, threw: boolean, thrown: unknown): void {
    const seen = threw
      ? 'threw'
      : call.waiting
        ? 'waiting'
        : call.asked
          ? 'answered'
          : call.accepted
            ? 'accepted'
            : 'dropped';
    const event = call.event === undefined || call.event === null ? undefined : snapshot(call.event);
    const message = threw ? (ownText(thrown, 'message') ?? 'threw something that is no Error') : undefined;
    call.seq = recorder.add({
      kind: 'call',
      seq: 0,
      client: call.client,
      api: call.api,
      seen,
      stream: call.stream,
      instrument: call.instrument,
      experiment: call.experiment,
      action: call.action,
      event,
      partial: event && !call.built ? true : undefined,
      truncated: event?.truncated || undefined,
      answer: call.asked ? snapshot(call.answer) : undefined,
      error: message,
      ...identifiers(),
      ...call.facts,
    } as { seq: number });
  }

  function add(sent: Sent, call: Call | null): void {
    recorder.add({ ...sent.fact, kind: 'send', seq: 0, calls: call ? [call.seq] : [] } as unknown as { seq: number });
  }

  return {
    current: () => current,
    begin(client, api, self, data) {
      const call: Call = {
        client,
        api,
        self,
        data,
        stream: undefined,
        instrument: undefined,
        experiment: undefined,
        action: undefined,
        event: undefined,
        built: false,
        accepted: false,
        waiting: false,
        asked: false,
        answer: undefined,
        forced: false,
        facts: { at: now() },
        seq: 0,
        sends: null,
        outer: current,
      };
      current = call;
      return call;
    },
    end(call, threw, thrown) {
      current = call.outer;
      record(call, threw, thrown);
      for (let sent = call.sends; sent; sent = sent.next) add(sent, call);
      call.sends = null;
    },
    abandon(call) {
      current = call.outer;
    },
    sending(call, send) {
      const before = sender;
      sender = call;
      try {
        return send();
      } finally {
        sender = before;
      }
    },
    sender: () => sender ?? current,
    sent(fact) {
      const call = sender ?? current;
      const sent: Sent = { fact, next: null };
      if (!call || call.seq) {
        add(sent, call);
        return;
      }
      call.accepted = true;
      let last = call.sends;
      if (!last) call.sends = sent;
      else {
        while (last.next) last = last.next;
        last.next = sent;
      }
    },
  };
}
