/** `mw.track('event.*')`: a call that EventLogging hears only once its subscriber is there, at `load` or later. */

import { begin, type Call, current, end } from './calls.ts';
import { own, slice, upper } from './natives.ts';
import { SCHEMA_LOG } from './questions.ts';
import { Waiting } from './waiting.ts';
import { wrap } from './wrap.ts';

const tracked = new Waiting();
/** How many of the event topics in `mw.trackQueue` are recorded. */
let recorded = 0;

/** The stream of a legacy schema (EventLogging modules/ext.eventLogging/core.js, makeLegacyStreamName). */
export const legacyStream = (schema: unknown): string => `eventlogging_${typeof schema === 'string' ? schema : ''}`;

const WAITING = 'waiting';

/** The stream of an event topic, as EventLogging's subscriber makes it (modules/ext.eventLogging/subscriber.js); else undefined. */
const streamOf = (topic: unknown): string | undefined =>
  typeof topic === 'string' && slice(topic, 0, 6) === 'event.'
    ? legacyStream(upper(slice(topic, 6, 7)) + slice(topic, 7))
    : undefined;

const beginTracked = (stream: string, self: unknown, data: unknown): Call => {
  recorded++;
  // Schema#log tracks what it logs
  const call = current?.fact['api'] === SCHEMA_LOG ? current : begin('event-logging', 'track', self, data);
  call.event = data;
  call.fact['stream'] = stream;
  call.fact['seen'] = WAITING;
  return call;
};

/** Ends a call that may have been tracked: it waits where no subscriber has taken it. */
export function endTracked(call: Call | undefined, result: unknown, failed: boolean): void {
  if (!call) return;
  end(call, result, failed);
  if (call.fact['seen'] === WAITING) tracked.add(call);
}

/** Watches the `mw.track` that is there now; old generations assign it more than once. */
export function watchTrack(mw: object): void {
  wrap(
    mw,
    'track',
    (args, self) => {
      const stream = streamOf(args[0]);
      if (stream === undefined) return undefined;
      const outer = current;
      const call = beginTracked(stream, self, args[1]);
      return call === outer ? undefined : call;
    },
    endTracked,
  );
}

/**
 * Records what was tracked while no `mw.track` of ours was in place: MediaWiki keeps all of it (1.39: `{topic, data}`,
 * later `{topic, args}`). `heard`: the subscriber has had it already, and what it made of it was not seen.
 */
export function readTrackQueue(mw: object, heard: boolean): void {
  const queue = own(mw, 'trackQueue');
  const length = own(queue, 'length') as number;
  let events = 0;
  for (let i = 0; i < length; i++) {
    const entry = own(queue, i);
    const stream = streamOf(own(entry, 'topic'));
    if (stream === undefined || ++events <= recorded) continue;
    const call = beginTracked(stream, mw, own(entry, 'data') ?? own(own(entry, 'args'), 0));
    if (heard) call.fact['seen'] = 'unseen';
    endTracked(call, undefined, false);
  }
}

/** The tracked call that this logEvent answers: one under way, or an earlier one; none where the page itself calls. */
export function claim(stream: string, data: unknown): Call | undefined {
  const call = current;
  if (call && call.fact['stream'] === stream && call.event === data && call.fact['seen'] === WAITING) {
    call.fact['seen'] = undefined;
    return call;
  }
  return tracked.take(stream, data);
}
