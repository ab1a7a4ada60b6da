/**
 * The Metrics Platform library behind all web clients: EventLogging's own copy, xLab's, a wiki's second client, the
 * standalone bundle (mediawiki-libs-metrics-platform js/src). Its steps are watched on the prototypes, so that calls are
 * seen whatever reference to `submit` was used. A step inside a call under way completes that call; any other is a call.
 */

import type { Client } from '../record/lists.ts';
import { abandon, begin, type Call, complete, current, end } from './calls.ts';
import { noteIdentifier } from './identifiers.ts';
import { getPrototypeOf, holderOf, isObject, nothing, own, ownText, remember, remembered } from './natives.ts';
import type { Policy } from './policy.ts';
import { answer, endInSample, SCHEMA_LOG } from './questions.ts';
import { watchSampling } from './sampling.ts';
import { addConfigs } from './stream-configs.ts';
import { FETCHING, setStream } from './stream-facts.ts';
import { watchSubmitter } from './submitter.ts';
import { snapshot } from './text.ts';
import { Waiting } from './waiting.ts';
import { type Arguments, wrap } from './wrap.ts';

/** Under which name the calls on a MetricsClient are recorded. */
const owners = new WeakMap<object, Client>();
export const claimClient = (metricsClient: unknown, client: Client): void => {
  if (isObject(metricsClient)) remember(owners, metricsClient, client);
};

export const endCall = (call: Call | undefined, result: unknown, failed: boolean): void => {
  if (call) end(call, result, failed);
};

interface Interaction {
  schema: unknown;
  action: unknown;
  data: unknown;
}

/** A `dispatch` under way, and the part of it for one stream. */
let dispatched: Call | null = null;
let part: Call | null = null;
let parts = 0;

/** Calls of the standalone client that wait for its stream configs. */
const waiting = new Waiting();
const LONGEST_QUEUE = 128;

/**
 * Watches the methods of a MetricsClient on `holder`: its prototype, or an object with methods bound to one, whose
 * configuration is then `facade` (`streamConfigs`, `serviceUri`). `changed`: what a client knows is new.
 */
export function watchMetricsClient(
  holder: unknown,
  client: Client,
  policy: Policy,
  changed: () => void,
  facade?: object,
): void {
  const nameOf = (metricsClient: unknown): Client => remembered(owners, metricsClient) ?? client;
  const states = new WeakMap<object, unknown>();

  /** Watches what a MetricsClient has around it, when it is first seen. */
  function meet(self: unknown): void {
    if (facade || !isObject(self)) return;
    const state = own(self, 'state') ?? true;
    const known = remembered(states, self);
    if (state === known) return;
    remember(states, self, state);
    if (client === 'metrics-client') {
      if (state !== FETCHING) addConfigs(own(self, 'streamConfigs'), policy);
      standalone = self;
      changed();
      watchIntegration(own(self, 'integration'));
    }
    watchSampling(getPrototypeOf(own(self, 'samplingController') as object), policy);
    watchSubmitter(own(self, 'eventSubmitter'));
  }

  /** The call under way of which this is a step; it learns what the step tells. */
  function inside(self: unknown, stream: unknown, event?: unknown): Call | undefined {
    meet(self);
    const call = current;
    if (!call || (call.fact['stream'] ?? stream) !== stream) return undefined;
    if (event !== undefined) {
      if ((call.event ?? event) !== event && !isLogged(call)) return undefined;
      call.event = event;
      call.fact['schema'] ??= ownText(event, '$schema');
    }
    if (!call.fact['streamFacts']) setStream(call, facade ?? self, stream);
    return call;
  }

  function beginCall(api: string, self: unknown, stream: unknown, event?: unknown): Call {
    const call = begin(nameOf(self), api, self, event);
    setStream(call, facade ?? self, stream);
    call.fact['action'] = ownText(event, 'action');
    call.fact['schema'] = ownText(event, '$schema');
    return call;
  }

  /** A new call where this step belongs to none under way: a reference to `submit` that was kept from before. */
  const step = (self: unknown, stream: unknown, event: unknown): Call | undefined =>
    inside(self, stream, event) ? undefined : beginCall('submit', self, stream, event);

  /** Whether this step is one stream's part of a dispatch; it is begun, and ends when the next one begins. */
  function isPart(self: unknown, stream: unknown, event: unknown): boolean {
    if (!dispatched || !current || (current !== dispatched && current !== part) || current.event === event)
      return false;
    endPart();
    parts++;
    part = beginCall('dispatch', self, stream, event);
    part.fact['action'] = dispatched.fact['action'];
    return true;
  }

  wrap(
    holder,
    'submit',
    (args, self) => (isPart(self, args[0], args[1]) ? undefined : step(self, args[0], args[1])),
    endCall,
  );
  wrap(holder, 'addRequiredMetadata', (args, self) => isPart(self, args[1], args[0]));

  wrap(
    holder,
    'validateSubmitCall',
    (args, self) => step(self, args[0], args[1]),
    (call, result, failed) => {
      // a valid one goes on to processSubmitCall or queueCall, where it is recorded
      if (call && (failed || !result)) end(call, result, failed);
      else if (call) abandon(call);
    },
  );
  wrap(
    holder,
    'processSubmitCall',
    (args, self) => {
      const waited = waiting.take(args[1], args[2]);
      if (!waited) return step(self, args[1], args[2]);
      meet(self);
      const call = beginCall(waited.fact['api'] as string, self, args[1], args[2]);
      complete(call, waited);
      return call;
    },
    endCall,
  );
  wrap(
    holder,
    'queueCall',
    (args, self) => {
      const stream = own(args[0], 2);
      const event = own(args[0], 3);
      const call = step(self, stream, event);
      const queue = own(self, 'callQueue');
      const oldest = own(queue, LONGEST_QUEUE - 1) && own(queue, 0);
      if (own(self, 'state') === FETCHING && current) {
        current.fact['seen'] = 'waiting';
        waiting.add(current);
      }
      return { self, call, oldest };
    },
    (state, result, failed) => {
      if (!state) return;
      endCall(state.call, result, failed);
      const { self, oldest } = state;
      if (!oldest) return;
      const stream = own(oldest, 2);
      const event = own(oldest, 3);
      const overtaken = waiting.take(stream, event);
      const dropped = beginCall('submit', self, stream, event);
      complete(dropped, overtaken);
      dropped.fact['queueFull'] = true;
      end(dropped, undefined, false);
    },
  );

  const interaction = (api: string, read: (args: Arguments) => Interaction): void =>
    wrap(
      holder,
      api,
      (args, self) => {
        const { schema, action, data } = read(args);
        const outer = inside(self, args[0]);
        const { fact } = outer ?? beginCall(api, self, args[0]);
        if (typeof schema === 'string') fact['schema'] = schema;
        if (typeof action === 'string') fact['action'] = action;
        fact['data'] = snapshot(data);
        return outer ? undefined : (current ?? undefined);
      },
      endCall,
    );
  interaction('submitInteraction', args => ({ schema: args[1], action: args[2], data: args[3] }));
  interaction('submitClick', args => ({ schema: undefined, action: 'click', data: args[1] }));

  wrap(
    holder,
    'dispatch',
    (args, self) => {
      meet(self);
      if (dispatched) return undefined;
      dispatched = begin(nameOf(self), 'dispatch', self);
      dispatched.fact['action'] = ownText(args, 0);
      dispatched.fact['data'] = snapshot(args[1]);
      if (own(facade ?? self, 'streamConfigs') === false) dispatched.fact['matched'] = 0;
      parts = 0;
      return dispatched;
    },
    (call, result, failed) => {
      if (!call) return;
      endPart(result, failed);
      dispatched = null;
      if (parts) abandon(call);
      else end(call, result, failed);
    },
  );
  wrap(holder, 'getStreamNamesForEvent', nothing, (_, names) => {
    if (current && current === dispatched) current.fact['matched'] = own(names, 'length');
  });

  wrap(
    holder,
    'isStreamInSample',
    (args, self) => (inside(self, args[0]) ? undefined : beginCall('isStreamInSample', self, args[0])),
    endInSample,
  );
  wrap(
    holder,
    'newInstrument',
    (_, self) => {
      meet(self);
      return current ? undefined : begin(nameOf(self), 'newInstrument', self);
    },
    (call, instrument, failed) => {
      if (isObject(instrument)) watchInstrument(getPrototypeOf(instrument));
      if (!call) return;
      if (!failed) describeInstrument(call, instrument);
      end(call, instrument, failed);
    },
  );

  /** The objects of `newInstrument` (EventLogging near 2025-10, modules/lib/metrics-platform/Instrument.js). */
  function watchInstrument(prototype: unknown): void {
    const watch = (api: string, after: typeof endCall): void =>
      wrap(
        prototype,
        api,
        (args, self) => {
          if (current?.self === self) return undefined;
          const metricsClient = own(self, 'metricsClient');
          const call = begin(nameOf(metricsClient), api, self);
          call.fact['action'] = ownText(args, 0);
          nameInstrument(call, self);
          setStream(call, metricsClient, own(self, 'streamName'));
          return call;
        },
        after,
      );
    watch('submitInteraction', endCall);
    watch('submitClick', endCall);
    watch('isStreamInSample', endInSample);
    watch('isEnabled', endInSample);
  }
}

/** `logEvent` submits an event that it has made of what it was given. */
const isLogged = ({ fact: { api } }: Call): boolean => api === 'logEvent' || api === 'track' || api === SCHEMA_LOG;

function endPart(result?: unknown, failed = false): void {
  const call = part;
  part = null;
  if (call) end(call, result, failed);
}

function nameInstrument({ fact }: Call, instrument: unknown): void {
  fact['instrument'] = ownText(instrument, 'instrumentName');
  fact['schema'] = ownText(instrument, 'schemaID');
}

/** Answers a question for an instrument of the library: where it sends to. */
export function describeInstrument(call: Call, instrument: unknown): void {
  nameInstrument(call, instrument);
  setStream(call, own(instrument, 'metricsClient'), own(instrument, 'streamName'));
  answer(call, { stream: ownText(instrument, 'streamName'), schema: call.fact['schema'] });
}

/** The standalone client that was seen last: its stream configs are the page's. */
export let standalone: object | undefined;

/** The standalone client is told its identifiers by its page, in the context attributes. */
function watchIntegration(integration: unknown): void {
  const key = 'getContextAttributes';
  wrap(holderOf(integration, key), key, nothing, (_, attributes) => {
    const performer = own(attributes, 'performer');
    noteIdentifier('session', own(performer, 'session_id'));
    noteIdentifier('pageview', own(performer, 'pageview_id'));
  });
}
