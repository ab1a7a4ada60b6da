/** Watches the clients of one page: waits for them to be assigned, and hands each to its adapter. */

import type { PageFact } from '../record/facts.ts';
import type { Client } from '../record/lists.ts';
import type { Adapter } from './adapter.ts';
import { contextOf } from './context.ts';
import { eventLogging } from './event-logging.ts';
import { lookUpSession, watchIdentifiers } from './identifiers.ts';
import { assign, now, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { add, type Deliver, draft, startRecorder } from './recorder.ts';
import { testKitchen } from './test-kitchen.ts';
import { watchTrack } from './track.ts';
import { watchTransport } from './transport.ts';
import { whenSet } from './wrap.ts';

const clients: Client[] = [];
let page: object | undefined;
let isChanged = false;

/** Says that what the page knows is to be told again. */
export const changed = (): void => {
  isChanged = true;
};

function tellContext(): void {
  if (!isChanged || !page) return;
  isChanged = false;
  add(contextOf(page, clients));
}

/**
 * Begins to watch. `enrolled`: what the response's `Server-Timing: WMF-Uniq` says. `deliver` is handed the facts while
 * somebody listens. Runs no page code and loads nothing.
 */
export function startCapture(policy: Policy, enrolled: string, deliver: Deliver): void {
  startRecorder(deliver, tellContext);
  watchTransport(policy);
  whenSet(globalThis, 'mw', mw => {
    page = mw;
    const watch = (key: string, name: Client, adapter: Adapter) =>
      whenSet(mw, key, client => {
        clients[clients.length] = name;
        watchIdentifiers(mw, changed);
        adapter(mw, client, policy, enrolled);
        quietly(() => lookUpSession(mw));
        changed();
      });
    whenSet(mw, 'track', () => watchTrack(mw));
    watch('eventLog', 'event-logging', eventLogging);
    watch('testKitchen', 'test-kitchen', testKitchen);
  });
}

/** Notes the life of the document. */
export function notePage(what: PageFact['what'], more?: Partial<PageFact>): void {
  add(assign(draft('page', now()), { what, url: location.href }, more));
}
