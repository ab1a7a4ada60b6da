/**
 * EventLogging, newest generation: `mw.eventLog.submit`, `submitInteraction`, `logEvent`, and `mw.track('event.*')`.
 * The decision is watched on the prototypes of the Metrics Platform library that EventLogging carries
 * (mediawiki-extensions-EventLogging modules/lib/metrics-platform), so a reference kept from before is seen too.
 */

import type { StreamFacts } from '../record/facts.ts';
import type { Call } from './calls.ts';
import type { Adapter, Environment } from './environment.ts';
import { packageExport } from './modules.ts';
import { apply, isArray, isObject, now, own, ownKeys, ownText, slice } from './natives.ts';
import { Raw, snapshot } from './text.ts';
import type { Arguments } from './wrap.ts';

const LIBRARY = 'ext.eventLogging.metricsPlatform';

export const eventLogging: Adapter = (environment, mw, eventLog) => {
  const { calls, wraps, identifiers, track } = environment;
  const data = packageExport(mw, 'ext.eventLogging', 'ext.eventLogging/data.json');
  identifiers.watch(mw);
  watchQueue(environment, eventLog, data);
  watchDecision(environment, mw, data);
  track.watch(mw);

  const begin = (api: string, self: unknown, stream: unknown, event: unknown): Call => {
    const call = calls.begin('event-logging', api, self, event);
    if (typeof stream === 'string') call.stream = stream;
    return call;
  };
  const end = (call: Call | undefined, result: unknown, failed: boolean): void => {
    if (call) calls.end(call, failed, result);
  };

  wraps.wrap(eventLog, 'submit', {
    before(self, args) {
      const outer = calls.current();
      if (outer && isLogEvent(outer) && outer.event === args[1]) return undefined;
      const call = begin('submit', self, args[0], args[1]);
      call.event = args[1];
      call.action = ownText(args[1], 'action');
      call.facts.schema = ownText(args[1], '$schema');
      call.facts.streamFacts = streamFacts(data, call.stream);
      return call;
    },
    after: end,
  });

  wraps.wrap(eventLog, 'submitInteraction', {
    before(self, args) {
      const call = begin('submitInteraction', self, args[0], undefined);
      call.action = typeof args[2] === 'string' ? args[2] : undefined;
      call.facts.schema = typeof args[1] === 'string' ? args[1] : undefined;
      call.facts.streamFacts = streamFacts(data, call.stream);
      return { call, args };
    },
    after(state, result, failed) {
      if (!state) return;
      const { call, args } = state;
      if (!call.event) call.event = asPassed(args);
      end(call, result, failed);
    },
  });

  wraps.wrap(eventLog, 'logEvent', {
    before(self, args) {
      const name = typeof args[0] === 'string' ? args[0] : '';
      const tracked = track.claim(name, args[1]);
      const call = tracked.call ?? begin('logEvent', self, undefined, args[1]);
      call.stream = `eventlogging_${name}`;
      call.waiting = false;
      call.event = args[1];
      call.facts.completes = tracked.completes;
      call.facts.streamFacts = legacyFacts(data, name, call.stream);
      return { call, own: !tracked.call };
    },
    after(state, result, failed) {
      if (state?.own) end(state.call, result, failed);
    },
  });

  // logEvent builds its event here, whichever way it goes (EventLogging modules/ext.eventLogging/core.js)
  wraps.wrap(eventLog, 'prepare', {
    before: (_, args) => args[1],
    after(passed, event, failed) {
      const call = calls.current();
      if (failed || !call || call.event !== passed || !isLogEvent(call)) return;
      call.event = event;
      call.built = true;
      call.facts.schema = ownText(event, '$schema');
    },
  });
  wraps.wrap(eventLog, 'checkUrlSize', {
    before: () => calls.current(),
    after(call, message) {
      if (call && message !== undefined && isLogEvent(call)) call.facts.urlTooLong = true;
    },
  });
  environment.changed();
};

const isLogEvent = (call: Call): boolean => call.api === 'logEvent' || call.api === 'track';

/** What the caller of submitInteraction passed, in the order in which the client would have merged it. */
function asPassed(args: Arguments): Raw | undefined {
  const data = snapshot(args[3]);
  const action = snapshot(args[2])?.text ?? 'null';
  const schema = snapshot(args[1])?.text ?? 'null';
  const inner = data && isObject(args[3]) && !isArray(args[3]) ? slice(data.text, 1, data.text.length - 1) : '';
  return new Raw(`{"action":${action},${inner}${inner && ','}"$schema":${schema}}`, data?.truncated ?? false);
}

/** The facts of a stream as the client has them now. Its look-up follows the prototype chain; ours does not. */
function streamFacts(data: unknown, stream: string | undefined): StreamFacts | undefined {
  if (!isObject(data) || stream === undefined) return undefined;
  const streams = own(data, 'streamConfigs');
  const found = streams === false ? {} : own(streams, stream);
  const facts: { [K in keyof StreamFacts]: unknown } = { configured: isObject(found) };
  const sample = own(found, 'sample');
  if (sample !== undefined) facts.sample = snapshot(sample);
  const target = ownText(own(own(found, 'producers'), 'metrics_platform_client'), 'stream_name');
  if (target) {
    facts.redirect = target;
    facts.redirectConfigured = isObject(own(streams, target));
  }
  facts.intake = intakeOf(own(data, 'serviceUri'));
  return facts as StreamFacts;
}

const intakeOf = (uri: unknown): string | false => (typeof uri === 'string' ? uri : false);

/** A migrated schema goes the way of its stream; one that is not goes to the legacy beacon, and knows no stream. */
function legacyFacts(data: unknown, name: string, stream: string): StreamFacts | undefined {
  if (typeof own(own(data, 'schemasInfo'), name) === 'string') return streamFacts(data, stream);
  return { configured: true, intake: intakeOf(own(data, 'baseUrl')) };
}

/** Accepted means queued. The queued send is run as part of its call, so that its request finds the call. */
function watchQueue({ calls, wraps }: Environment, eventLog: object, data: unknown): void {
  let due = 0;
  wraps.replace(
    eventLog,
    'enqueue',
    original =>
      function enqueue(this: unknown, ...args) {
        const call = calls.current();
        const send = args[0];
        if (!call || typeof send !== 'function') return apply(original, this, args);
        call.accepted = true;
        const linger = own(data, 'queueLingerSeconds');
        const at = now();
        if (at >= due) due = at + (typeof linger === 'number' && linger > 0 ? linger : 30) * 1000;
        call.facts.queuedUntil = due;
        return apply(original, this, [() => calls.sending(call, send as () => unknown)]);
      },
  );
}

/** The library's own steps: they see calls whatever reference to `submit` was used, and they are where sampling is forced. */
function watchDecision({ calls, wraps, policy, identifiers }: Environment, mw: object, data: unknown): void {
  const client = packageExport(mw, LIBRARY, 'lib/metrics-platform/MetricsClient.js');
  const sampling = packageExport(mw, LIBRARY, 'lib/metrics-platform/SamplingController.js');
  const prototype = own(client, 'prototype');

  /** The call under way that this step of the client belongs to, or a new one made by a kept reference. */
  function adopt(stream: unknown, event: unknown): { call: Call; kept: boolean } {
    const call = calls.current();
    const mine =
      call &&
      call.stream === stream &&
      (call.event === event || (call.api === 'submitInteraction' && call.event === undefined));
    if (mine) {
      if (call.event === undefined) call.event = event;
      return { call, kept: false };
    }
    const kept = calls.begin('event-logging', 'submit', undefined, event);
    kept.stream = typeof stream === 'string' ? stream : undefined;
    kept.event = event;
    kept.action = ownText(event, 'action');
    kept.facts.schema = ownText(event, '$schema');
    kept.facts.streamFacts = streamFacts(data, kept.stream);
    return { call: kept, kept: true };
  }

  const endKept = (state: { call: Call; kept: boolean } | undefined, result: unknown, failed: boolean): void => {
    if (state?.kept) calls.end(state.call, failed, result);
  };
  wraps.wrap(prototype, 'validateSubmitCall', {
    before: (_, args) => adopt(args[0], args[1]),
    after(state, result, failed) {
      // a valid one goes on to processSubmitCall, which records it
      if (!state?.kept) return;
      if (failed || result === false) endKept(state, result, failed);
      else calls.abandon(state.call);
    },
  });
  wraps.wrap(prototype, 'processSubmitCall', {
    before: (_, args) => adopt(args[1], args[2]),
    after: endKept,
  });
  wraps.wrap(prototype, 'addRequiredMetadata', {
    before: (_, args) => args[0],
    after(event, _, failed) {
      const call = calls.current();
      if (call && !failed && call.event === event) call.built = true;
    },
  });

  wraps.replace(
    own(sampling, 'prototype'),
    'isStreamInSample',
    original =>
      function isStreamInSample(this: unknown, ...args) {
        identifiers.takeRead();
        const natural = apply(original, this, args);
        try {
          const call = calls.current();
          const id = identifiers.takeRead();
          if (call && id !== undefined) call.facts.id = id;
          const name = streamOf(own(data, 'streamConfigs'), args[0]) ?? call?.stream;
          const forced = name === undefined ? null : policy.force('stream', name);
          if (!forced) return natural;
          if (call) {
            call.forced = forced.inSample && natural !== true;
            call.facts.override = {
              rules: [forced.rule],
              forced: forced.inSample !== natural,
              naturallyIn: natural === true,
            };
          }
          return forced.inSample;
        } catch {
          return natural;
        }
      },
  );
}

/** The name under which the client keeps a stream config: the client hands it on by reference. */
function streamOf(streams: unknown, config: unknown): string | undefined {
  if (!isObject(streams) || !isObject(config)) return undefined;
  const names = ownKeys(streams);
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i] as string;
    if (own(streams, name) === config) return name;
  }
  return undefined;
}
