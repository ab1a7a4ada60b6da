/** `mw.track('event.*')`: a call that EventLogging hears only once its subscriber is there, at `load` or later. */

import { begin, type Call, current, end } from './calls.ts';
import { slice, upper } from './natives.ts';
import { wrap } from './wrap.ts';

/** A tracked event that no subscriber has taken yet. */
interface Tracked {
  stream: unknown;
  data: unknown;
  seq: unknown;
  next: Tracked | null;
}

let first: Tracked | null = null;
let last: Tracked | null = null;

/** The stream of a legacy schema (EventLogging modules/ext.eventLogging/core.js, makeLegacyStreamName). */
export const legacyStream = (schema: unknown): string => `eventlogging_${typeof schema === 'string' ? schema : ''}`;

const WAITING = 'waiting';

/** Watches the `mw.track` that is there now; old generations assign it more than once. */
export function watchTrack(mw: object): void {
  wrap(
    mw,
    'track',
    (args, self) => {
      const topic = args[0];
      if (typeof topic !== 'string' || slice(topic, 0, 6) !== 'event.') return undefined;
      const call = begin('event-logging', 'track', self, args[1]);
      // as EventLogging's subscriber makes it of a topic (modules/ext.eventLogging/subscriber.js)
      call.fact['stream'] = legacyStream(upper(slice(topic, 6, 7)) + slice(topic, 7));
      call.fact['seen'] = WAITING;
      return call;
    },
    (call, result, failed) => {
      if (!call) return;
      const { fact, event: data } = call;
      end(call, result, failed);
      if (fact['seen'] !== WAITING) return;
      const tracked: Tracked = { stream: fact['stream'], data, seq: fact['seq'], next: null };
      if (last) last.next = tracked;
      else first = tracked;
      last = tracked;
    },
  );
}

/** The `track` call that this logEvent answers: one under way, or the seq of an earlier one; neither where the page itself calls. */
export function claim(stream: string, data: unknown): Call | number | undefined {
  const call = current;
  if (call && call.fact['stream'] === stream && call.event === data && call.fact['seen'] === WAITING) {
    call.fact['seen'] = undefined;
    return call;
  }
  let before: Tracked | null = null;
  for (let at = first; at; before = at, at = at.next) {
    if (at.stream !== stream || at.data !== data) continue;
    if (before) before.next = at.next;
    else first = at.next;
    if (!at.next) last = before;
    return at.seq as number;
  }
  return undefined;
}
