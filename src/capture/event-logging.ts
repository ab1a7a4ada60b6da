/**
 * EventLogging, all generations: the methods of `mw.eventLog`, what its library does behind them, `logEvent` and
 * `Schema#log`, and the queue (mediawiki-extensions-EventLogging modules/ext.eventLogging).
 */

import type { Adapter } from './adapter.ts';
import { begin, complete, current, send } from './calls.ts';
import { endCall, watchMetricsClient } from './library.ts';
import { packageExport } from './modules.ts';
import { apply, bare, isObject, now, own, ownText } from './natives.ts';
import { SCHEMA_LOG, watchLegacySampling } from './questions.ts';
import { resume, watchSampling } from './sampling.ts';
import { addConfigs } from './stream-configs.ts';
import { noRedirects, setStream } from './stream-facts.ts';
import { snapshot } from './text.ts';
import { claim, endTracked, legacyStream, readTrackQueue, watchTrack } from './track.ts';
import { isUndone, replace, whenSet, wrap } from './wrap.ts';

const CLIENT = 'event-logging';
const MODULE = 'ext.eventLogging';

export const eventLogging: Adapter = (mw, eventLog, policy, _, changed) => {
  const data = packageExport(mw, MODULE, 'ext.eventLogging/data.json');
  const library = (name: string): unknown => {
    const file = `lib/metrics-platform/${name}.js`;
    return own(packageExport(mw, `${MODULE}.metricsPlatform`, file) ?? packageExport(mw, MODULE, file), 'prototype');
  };
  const prototype = library('MetricsClient');
  const isOldest = isObject(prototype) && !own(prototype, 'processSubmitCall');
  if (isOldest) noRedirects();
  addConfigs(own(data, 'streamConfigs'), policy);

  watchTrack(mw);
  readTrackQueue(mw, false);
  watchLegacySampling(eventLog, CLIENT, policy);

  watchMetricsClient(eventLog, CLIENT, policy, changed, (data ?? {}) as object);
  watchMetricsClient(prototype, CLIENT, policy, changed);
  watchSampling(library('SamplingController'), policy, isOldest && isObject(data) ? data : undefined);

  wrap(
    eventLog,
    'logEvent',
    (args, self) => {
      const stream = legacyStream(args[0]);
      const claimed = claim(stream, args[1]);
      const isUnderWay = claimed !== undefined && claimed === current;
      const call = isUnderWay ? claimed : begin(CLIENT, 'logEvent', self, args[1]);
      setStream(call, data, stream);
      const isMigrated = typeof own(own(data, 'schemasInfo'), args[0] as string) === 'string';
      if (!isMigrated) call.fact['streamFacts'] = { configured: true, intake: ownText(data, 'baseUrl') ?? false };
      if (isUnderWay) return undefined;
      complete(call, claimed);
      return call;
    },
    endCall,
  );
  whenSet(eventLog, 'Schema', Schema =>
    wrap(
      own(Schema, 'prototype'),
      'log',
      (args, self) => {
        const call = begin(CLIENT, SCHEMA_LOG, self, args[0]);
        const name = own(self, 'name');
        call.fact['stream'] = legacyStream(name);
        call.fact['schema'] = ownText(own(data, 'schemasInfo'), name as string);
        call.fact['data'] = snapshot(own(self, 'defaults'));
        return call;
      },
      endTracked,
    ),
  );

  // Accepted means queued. The queued send is run as part of its call, so that its request finds the call.
  let due = 0;
  replace(
    eventLog,
    'enqueue',
    original =>
      function enqueue(this: unknown, ...args) {
        const call = current;
        const run = bare(args)[0];
        if (call && typeof run === 'function') {
          const at = now();
          if (at >= due) due = at + ((own(data, 'queueLingerSeconds') as number) || 30) * 1000;
          call.accepted = true;
          call.fact['queuedUntil'] = due;
          // what was forced and is still in the queue when the extension goes does not leave the page
          args[0] = () => (isUndone && call.forced ? undefined : send({ call, next: null }, run as () => unknown));
        }
        return apply(original, this, args);
      },
  );

  if (!isOldest) return;
  // The last step of a `submit` that was kept from before.
  const integration = packageExport(mw, MODULE, `${MODULE}/MediaWikiMetricsClientIntegration.js`);
  wrap(
    own(integration, 'prototype'),
    'enqueueEvent',
    args => {
      if (current) return undefined;
      const event = args[0];
      const call = begin(CLIENT, 'submit', undefined, event);
      setStream(call, data, own(own(event, 'meta'), 'stream'));
      call.fact['schema'] = ownText(event, '$schema');
      resume(call);
      return call;
    },
    endCall,
  );
};
