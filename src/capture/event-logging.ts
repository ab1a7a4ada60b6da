/**
 * EventLogging, newest generation: `mw.eventLog.submit`, `submitInteraction`, `logEvent`, and `mw.track('event.*')`.
 * The decision is watched on the prototypes of the Metrics Platform library that EventLogging carries
 * (mediawiki-extensions-EventLogging modules/lib/metrics-platform), so a reference kept from before is seen too.
 */

import { abandon, begin, type Call, current, end, markForced, send } from './calls.ts';
import type { Adapter } from './adapter.ts';
import { takeRead } from './identifiers.ts';
import { packageExport } from './modules.ts';
import { apply, isObject, now, own, ownText, quietly } from './natives.ts';
import { snapshot } from './text.ts';
import { claim, legacyStream, watchTrack } from './track.ts';
import { type Arguments, replace, wrap } from './wrap.ts';

const LIBRARY = 'ext.eventLogging.metricsPlatform';

const endCall = (call: Call | undefined, result: unknown, failed: boolean): void => {
  if (call) end(call, result, failed);
};

export const eventLogging: Adapter = (mw, eventLog, policy) => {
  const data = packageExport(mw, 'ext.eventLogging', 'ext.eventLogging/data.json');
  watchTrack(mw);

  const beginSubmit = (args: Arguments, self: unknown): Call => {
    const call = begin('event-logging', 'submit', self, args[1]);
    setStream(call, data, args[0]);
    call.fact['action'] = ownText(args[1], 'action');
    call.fact['schema'] = ownText(args[1], '$schema');
    return call;
  };

  wrap(
    eventLog,
    'submit',
    (args, self) => {
      // logEvent submits the event that it has made of what it was given (EventLogging modules/ext.eventLogging/core.js)
      if (!current || !isLogEvent() || current.fact['stream'] !== args[0]) return beginSubmit(args, self);
      current.event = args[1];
      current.fact['schema'] = ownText(args[1], '$schema');
      return undefined;
    },
    endCall,
  );

  wrap(
    eventLog,
    'submitInteraction',
    (args, self) => {
      const call = begin('event-logging', 'submitInteraction', self);
      setStream(call, data, args[0]);
      if (typeof args[2] === 'string') call.fact['action'] = args[2];
      if (typeof args[1] === 'string') call.fact['schema'] = args[1];
      call.fact['data'] = snapshot(args[3]);
      return call;
    },
    endCall,
  );

  wrap(
    eventLog,
    'logEvent',
    (args, self) => {
      const stream = legacyStream(args[0]);
      const claimed = claim(stream, args[1]);
      const isTracked = isObject(claimed);
      const call = isTracked ? claimed : begin('event-logging', 'logEvent', self, args[1]);
      const isMigrated = typeof own(own(data, 'schemasInfo'), args[0] as string) === 'string';
      setStream(call, data, stream);
      if (!isMigrated) call.fact['streamFacts'] = { configured: true, intake: intakeOf(data, 'baseUrl') };
      if (isTracked) return undefined;
      call.fact['completes'] = claimed;
      return call;
    },
    endCall,
  );
  // Accepted means queued. The queued send is run as part of its call, so that its request finds the call.
  let due = 0;
  replace(
    eventLog,
    'enqueue',
    original =>
      function enqueue(this: unknown, ...args) {
        const call = current;
        const run = args[0];
        if (call && typeof run === 'function') {
          const at = now();
          if (at >= due) due = at + ((own(data, 'queueLingerSeconds') as number) || 30) * 1000;
          call.accepted = true;
          call.fact['queuedUntil'] = due;
          args[0] = () => send({ call, next: null }, run as () => unknown);
        }
        return apply(original, this, args);
      },
  );

  // The library's own steps: they see calls whatever reference to `submit` was used.
  const prototype = own(packageExport(mw, LIBRARY, 'lib/metrics-platform/MetricsClient.js'), 'prototype');
  /** A new call where this step belongs to none under way: a reference to `submit` that was kept from before. */
  const keptCall = (stream: unknown, event: unknown): Call | undefined => {
    if (current?.fact['stream'] === stream) {
      if (current?.fact['api'] === 'submitInteraction') current.event ??= event;
      if (current?.event === event) return undefined;
    }
    return beginSubmit([stream, event], undefined);
  };
  wrap(
    prototype,
    'validateSubmitCall',
    args => keptCall(args[0], args[1]),
    (call, result, failed) => {
      // a valid one goes on to processSubmitCall, which records it
      if (call && (failed || !result)) end(call, result, failed);
      else if (call) abandon(call);
    },
  );
  wrap(prototype, 'processSubmitCall', args => keptCall(args[1], args[2]), endCall);

  const sampling = packageExport(mw, LIBRARY, 'lib/metrics-platform/SamplingController.js');
  replace(
    own(sampling, 'prototype'),
    'isStreamInSample',
    original =>
      function isStreamInSample(this: unknown, ...args) {
        takeRead();
        const natural = apply(original, this, args);
        const forced = quietly(() => {
          const call = current;
          if (!call) return null;
          call.fact['id'] = takeRead();
          const force = policy.force('stream', call.fact['stream'] as string);
          if (force) markForced(call, force, natural === true, force.inSample);
          return force;
        });
        return forced ? forced.inSample : natural;
      },
  );
};

const isLogEvent = (): boolean => current?.fact['api'] === 'logEvent' || current?.fact['api'] === 'track';

const intakeOf = (data: unknown, key: string): string | false => ownText(data, key) ?? false;

/** Notes the stream and its facts as the client has them now. Its look-up follows the prototype chain; ours does not. */
function setStream(call: Call, data: unknown, stream: unknown): void {
  if (typeof stream !== 'string') return;
  call.fact['stream'] = stream;
  if (!isObject(data)) return;
  const streams = own(data, 'streamConfigs');
  const found = streams === false ? {} : own(streams, stream);
  const target = ownText(own(own(found, 'producers'), 'metrics_platform_client'), 'stream_name');
  call.fact['streamFacts'] = {
    configured: isObject(found),
    sample: snapshot(own(found, 'sample')),
    intake: intakeOf(data, 'serviceUri'),
    redirect: target || undefined,
    redirectConfigured: target ? isObject(own(streams, target)) : undefined,
  };
}
