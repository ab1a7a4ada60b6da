/**
 * EventLogging, newest generation: `mw.eventLog.submit`, `submitInteraction`, `logEvent`, and `mw.track('event.*')`.
 * The decision is watched on the prototypes of the Metrics Platform library that EventLogging carries
 * (mediawiki-extensions-EventLogging modules/lib/metrics-platform), so a reference kept from before is seen too.
 */

import { abandon, begin, type Call, current, end, send } from './calls.ts';
import type { Adapter } from './adapter.ts';
import { takeRead } from './identifiers.ts';
import { packageExport } from './modules.ts';
import { apply, create, isObject, now, own, ownKeys, ownText, quietly } from './natives.ts';
import type { Draft } from './recorder.ts';
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
    (args, self) => (isLogEvent() && current?.event === args[1] ? undefined : beginSubmit(args, self)),
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
  // logEvent builds its event here, whichever way it goes (EventLogging modules/ext.eventLogging/core.js)
  wrap(
    eventLog,
    'prepare',
    args => args[1],
    (passed, event) => {
      if (!current || current.event !== passed || !isLogEvent()) return;
      current.event = event;
      current.fact['schema'] = ownText(event, '$schema');
    },
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
          args[0] = () => send(call, run as () => unknown);
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
          const id = takeRead();
          if (call && id !== undefined) call.fact['id'] = id;
          const name = streamOf(own(data, 'streamConfigs'), args[0]) ?? call?.fact['stream'];
          const force = policy.force('stream', name as string);
          if (force && call) {
            const isForced = force.inSample !== natural;
            call.forced = isForced && force.inSample;
            call.fact['override'] = { rules: [force.rule], forced: isForced, naturallyIn: natural === true };
          }
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
  const facts = create(null) as Draft;
  facts['configured'] = isObject(found);
  facts['sample'] = snapshot(own(found, 'sample'));
  facts['intake'] = intakeOf(data, 'serviceUri');
  if (target) {
    facts['redirect'] = target;
    facts['redirectConfigured'] = isObject(own(streams, target));
  }
  call.fact['streamFacts'] = facts;
}

/** The name under which the client keeps a stream config: the client hands it on by reference. */
function streamOf(streams: unknown, config: unknown): string | undefined {
  if (!isObject(streams) || !isObject(config)) return undefined;
  const names = ownKeys(streams);
  for (let i = 0; i < names.length; i += 1) {
    if (own(streams, names[i] as string) === config) return names[i] as string;
  }
  return undefined;
}
