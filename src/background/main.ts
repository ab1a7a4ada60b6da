/**
 * The background: passes facts on, notes deliveries, keeps overrides. It may be stopped at any moment and started by
 * any event, so every listener is registered synchronously here, and on every start all is made to agree with what is
 * stored.
 */

import type { Browser, Runtime } from 'webextension-polyfill';
import { watchDelivery } from './delivery.ts';
import { isExpiry } from './expiry.ts';
import { createFetcher } from './fetch.ts';
import { hostState, injectIntoOpenTabs } from './hosts.ts';
import { createListening } from './listening.ts';
import { createNotes } from './notes.ts';
import { createOverrides } from './overrides.ts';
import { createQueue } from './queue.ts';
import { createRequestListener } from './requests.ts';
import { createRouting } from './routing.ts';

/** The keyboard shortcuts, as the manifest has them. */
const EVERYTHING_OFF = 'everything-off';
const FLUSH = 'flush';

export function startBackground(browser: Browser): void {
  const { session } = browser.storage;
  const notes = createNotes(session);
  const listening = createListening(session, tab => routing.giveUp(tab));
  const overrides = createOverrides(browser, createQueue(), (tab, override) => routing.announce(tab, override));
  const routing = createRouting({ browser, notes, listening, currentOverride: overrides.get });
  const fetchText = createFetcher(fetch);

  browser.runtime.onConnect.addListener(routing.connect);
  browser.runtime.onMessage.addListener(
    createRequestListener(browser, {
      'override.set': ({ tab, override }) => overrides.set(tab, override),
      'override.clear': ({ tab }) => overrides.clear(tab),
      'override.get': ({ tab }) => overrides.get(tab),
      fetch: ({ url, limit }) => fetchText(url, limit),
      'host.state': ({ origin }) => hostState(browser, origin),
    }) as Runtime.OnMessageListenerCallback,
  );
  watchDelivery(browser, routing);

  browser.commands.onCommand.addListener((name, tab) => {
    if (name === EVERYTHING_OFF) void overrides.clearAll();
    if (name === FLUSH && tab?.id !== undefined) routing.flush(tab.id);
  });
  browser.alarms.onAlarm.addListener(alarm => {
    if (isExpiry(alarm)) void overrides.reconcile();
  });
  browser.tabs.onUpdated.addListener((tab, changed) => {
    if (changed.status) void overrides.restoreBadge(tab);
  });
  browser.tabs.onRemoved.addListener(tab => {
    void notes.remove(tab);
    listening.end(tab);
    void overrides.reconcile();
  });
  browser.tabs.onReplaced.addListener((added, removed) => {
    void overrides.move(removed, added);
  });
  browser.permissions.onAdded.addListener(async granted => {
    await overrides.reconcile();
    await injectIntoOpenTabs(browser, granted);
  });
  browser.permissions.onRemoved.addListener(() => {
    routing.dismiss();
    void overrides.reconcile();
  });

  void overrides.reconcile();
  void browser.tabs.query({}).then(open => notes.retain(new Set(open.map(tab => tab.id))));
}
