/** Watches the clients of one page: waits for them to be assigned, and hands each to its adapter. */

import type { PageFact } from '../record/facts.ts';
import type { Client } from '../record/lists.ts';
import { createCalls } from './calls.ts';
import { contextOf, cookiePrefix } from './context.ts';
import type { Adapter, Environment } from './environment.ts';
import { eventLogging } from './event-logging.ts';
import { createIdentifiers } from './identifiers.ts';
import { now } from './natives.ts';
import type { Policy } from './policy.ts';
import { createRecorder, type Deliver, type Recorder } from './recorder.ts';
import { testKitchen } from './test-kitchen.ts';
import { createTrackWatch } from './track.ts';
import { watchTransport } from './transport.ts';
import { createWraps } from './wrap.ts';

/** The property of `mw` that a client assigns, and who watches it. */
const CLIENTS: { key: string; client: Client; adapter: Adapter }[] = [
  { key: 'eventLog', client: 'event-logging', adapter: eventLogging },
  { key: 'testKitchen', client: 'test-kitchen', adapter: testKitchen },
];

export interface Capture {
  recorder: Recorder;
  /** Notes the life of the document. */
  page(fact: Pick<PageFact, 'what' | 'url' | 'cost' | 'rulesBy' | 'persisted'>): void;
  /** Hands on what the ring has and what the page knows, and from then on every fact; or stops. */
  listen(on: boolean): void;
  /** Puts back everything that was replaced in the page. */
  detach(): void;
}

/** Begins to watch. `deliver` is handed the facts while somebody listens. Runs no page code and loads nothing. */
export function startCapture(policy: Policy, deliver: Deliver): Capture {
  const wraps = createWraps();
  const clients: Client[] = [];
  let mw: object | null = null;
  let isChanged = false;

  const changed = () => {
    isChanged = true;
  };
  const recorder = createRecorder(deliver, () => {
    if (!isChanged || !mw) return;
    isChanged = false;
    identifiers.lookUp();
    recorder.add(contextOf(mw, clients, identifiers.session(), identifiers.pageview()) as { seq: number });
  });
  const identifiers = createIdentifiers(wraps, () => (mw ? cookiePrefix(mw) : undefined), changed);
  const calls = createCalls(recorder, () => ({ session: identifiers.session(), pageview: identifiers.pageview() }));
  const track = createTrackWatch(calls, wraps);
  const environment: Environment = { calls, wraps, policy, identifiers, track, changed };

  watchTransport(environment);
  wraps.whenSet(globalThis, 'mw', found => {
    mw = found;
    wraps.whenSet(found, 'track', () => track.watch(found));
    for (let i = 0; i < CLIENTS.length; i += 1) {
      const { key, client, adapter } = CLIENTS[i] as (typeof CLIENTS)[number];
      wraps.whenSet(found, key, object => {
        clients[clients.length] = client;
        adapter(environment, found, object);
        identifiers.lookUp();
      });
    }
  });

  return {
    recorder,
    page(fact) {
      recorder.add({ kind: 'page', seq: 0, at: now(), ...fact } as { seq: number });
    },
    listen(on) {
      isChanged = true;
      recorder.listen(on);
    },
    detach: wraps.undo,
  };
}
