/** `mw.track('event.*')`: a call that EventLogging hears only once its subscriber is there, at `load` or later. */

import type { Call, Calls } from './calls.ts';
import { slice, upper } from './natives.ts';
import type { Wraps } from './wrap.ts';

/** A tracked event that no subscriber has taken yet. */
interface Tracked {
  name: string;
  data: unknown;
  seq: number;
  next: Tracked | null;
}

export interface Claim {
  /** The `track` call under way that made this logEvent. */
  call?: Call;
  /** The seq of an earlier `track` call that this logEvent completes. */
  completes?: number;
}

export interface TrackWatch {
  /** Watches the `mw.track` that is there now; it is assigned more than once in old generations. */
  watch(mw: object): void;
  /** Tells the logEvent of the client's own subscriber from one of the page. */
  claim(name: unknown, data: unknown): Claim;
}

/** As EventLogging's subscriber makes it of a topic (modules/ext.eventLogging/subscriber.js). */
const schemaName = (topic: string): string => {
  const name = slice(topic, 6);
  return upper(slice(name, 0, 1)) + slice(name, 1);
};

export function createTrackWatch(calls: Calls, wraps: Wraps): TrackWatch {
  let first: Tracked | null = null;
  let last: Tracked | null = null;

  return {
    watch(mw) {
      wraps.wrap(mw, 'track', {
        before(self, args) {
          const topic = args[0];
          if (typeof topic !== 'string' || slice(topic, 0, 6) !== 'event.') return undefined;
          const call = calls.begin('event-logging', 'track', self, args[1]);
          call.stream = `eventlogging_${schemaName(topic)}`;
          call.event = args[1];
          call.waiting = true;
          return call;
        },
        after(call, result, failed) {
          if (!call) return;
          const { waiting, stream, data } = call;
          calls.end(call, failed, result);
          if (!waiting || failed) return;
          const tracked: Tracked = { name: slice(stream ?? '', 13), data, seq: call.seq, next: null };
          if (last) last.next = tracked;
          else first = tracked;
          last = tracked;
        },
      });
    },
    claim(name, data) {
      const call = calls.current();
      if (call?.api === 'track' && call.waiting && call.data === data && call.stream === `eventlogging_${name}`) {
        return { call };
      }
      let before: Tracked | null = null;
      for (let at = first; at; before = at, at = at.next) {
        if (at.name !== name || at.data !== data) continue;
        if (before) before.next = at.next;
        else first = at.next;
        if (!at.next) last = before;
        return { completes: at.seq };
      }
      return {};
    },
  };
}
