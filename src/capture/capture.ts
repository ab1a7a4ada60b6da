/** Watches the clients of one page: waits for them to be assigned, and hands each to its adapter. */

import type { PageFact } from '../record/facts.ts';
import type { Client } from '../record/lists.ts';
import type { Adapter } from './adapter.ts';
import { taintBy } from './calls.ts';
import { contextOf } from './context.ts';
import { eventLogging } from './event-logging.ts';
import { lookUpSession, onIdentified, watchIdentifiers } from './identifiers.ts';
import { watchInteractions } from './interaction.ts';
import { metricsClient } from './metrics-client.ts';
import { assign, bare, now, own, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { add, type Deliver, draft, startRecorder } from './recorder.ts';
import { testKitchen } from './test-kitchen.ts';
import { readTrackQueue, watchTrack } from './track.ts';
import { watchTransport } from './transport.ts';
import { whenSet } from './wrap.ts';
import { xlab } from './xlab.ts';

const clients: Client[] = bare([]);
let page: object | undefined;
let isChanged = false;
let header: string;

/** Says that what the page knows is to be told again. */
export const changed = (): void => {
  isChanged = true;
};

function tellContext(): void {
  if (!isChanged || !(page || clients.length)) return;
  const context = contextOf(page, clients, header);
  isChanged = context['bodyClass'] === undefined;
  add(context);
}

/** One may be met twice: xLab under two names. */
function met(client: Client): void {
  let at = 0;
  while (at < clients.length && clients[at] !== client) at++;
  clients[at] = client;
  changed();
}

/**
 * Begins to watch. `enrolled`: what the response's `Server-Timing: WMF-Uniq` says. `deliver` is handed the facts while
 * somebody listens. Runs no page code and loads nothing.
 */
export function startCapture(policy: Policy, enrolled: string, deliver: Deliver): void {
  header = enrolled;
  startRecorder(deliver, tellContext);
  taintBy(policy.tainting);
  watchTransport(policy);
  watchInteractions();
  onIdentified(changed);
  whenSet(globalThis, 'MetricsClient', constructor => {
    met('metrics-client');
    metricsClient(constructor, policy, changed);
  });
  whenSet(globalThis, 'mw', mw => {
    page = mw;
    const watch = (key: string, name: Client, adapter: Adapter) =>
      whenSet(mw, key, client => {
        met(name);
        watchIdentifiers(mw, policy);
        adapter(mw, client, policy, enrolled, changed);
        quietly(() => lookUpSession(mw));
      });
    // A hook that comes into an open page: EventLogging's subscriber has had what was tracked so far.
    if (own(mw, 'eventLog') && document.readyState === 'complete') readTrackQueue(mw, true);
    whenSet(mw, 'track', () => watchTrack(mw));
    // 1.39 replaces it in its base, and then sets this
    whenSet(mw, 'trackSubscribe', () => watchTrack(mw));
    watch('eventLog', 'event-logging', eventLogging);
    watch('testKitchen', 'test-kitchen', testKitchen);
    watch('xLab', 'xlab', xlab);
    watch('metricsPlatform', 'xlab', xlab);
  });
}

/** Notes the life of the document. */
export function notePage(what: PageFact['what'], more?: Partial<PageFact>): void {
  add(assign(draft('page', now()), { what, url: location.href }, more));
}
