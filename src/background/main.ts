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
import { createIdbRecordings } from '../recording/idb.ts';
import { createMemoryRecordings } from '../recording/memory.ts';
import { createQueue } from './queue.ts';
import { createRecorder } from './recorder.ts';
import { createRequestListener } from './requests.ts';
import { createRouting } from './routing.ts';

/** The keyboard shortcuts, as the manifest has them. */
const EVERYTHING_OFF = 'everything-off';
const FLUSH = 'flush';
const MARK_STEP = 'mark-step';

export function startBackground(browser: Browser): void {
  const { session } = browser.storage;
  const notes = createNotes(session);
  const listening = createListening(session, tab => routing.giveUp(tab));
  const overrides = createOverrides(browser, createQueue(), (tab, override) => {
    routing.announce(tab, override);
    recorder.override(tab, override);
  });
  const recorder = createRecorder({
    browser,
    store: createIdbRecordings(),
    memory: createMemoryRecordings(session),
    currentOverride: overrides.get,
    onChange: (tab, recording) => routing.recording(tab, recording),
    now: Date.now,
  });
  const routing = createRouting({ browser, notes, listening, recorder, currentOverride: overrides.get });
  const fetchText = createFetcher(fetch);

  /** In the tab that the user looks at. */
  async function markStep(): Promise<void> {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    if (tab?.id !== undefined && recorder.isRecording(tab.id)) await recorder.mark(tab.id, 'step', '');
  }

  browser.runtime.onConnect.addListener(routing.connect);
  browser.runtime.onMessage.addListener(
    createRequestListener(browser, {
      'override.set': ({ tab, override }) => overrides.set(tab, override),
      'override.clear': ({ tab }) => overrides.clear(tab),
      'override.get': ({ tab }) => overrides.get(tab),
      'recording.get': ({ tab }) => recorder.status(tab),
      'recording.start': ({ tab, ...options }) => recorder.start(tab, options),
      'recording.stop': ({ tab }) => recorder.stop(tab),
      'recording.mark': ({ tab, what, text }) => recorder.mark(tab, what, text),
      fetch: ({ url, limit }) => fetchText(url, limit),
      'host.state': ({ origin }) => hostState(browser, origin),
    }) as Runtime.OnMessageListenerCallback,
  );
  watchDelivery(browser, routing);
  browser.storage.onChanged.addListener((changes, area) => {
    if (area === 'local') recorder.stored(Object.keys(changes));
  });

  browser.commands.onCommand.addListener((name, tab) => {
    if (name === EVERYTHING_OFF) void overrides.clearAll();
    if (name === FLUSH && tab?.id !== undefined) routing.flush(tab.id);
    if (name === MARK_STEP) void markStep();
  });
  browser.alarms.onAlarm.addListener(alarm => {
    if (isExpiry(alarm)) void overrides.reconcile();
  });
  browser.tabs.onUpdated.addListener((tab, changed) => {
    if (changed.status) void overrides.restoreBadge(tab);
  });
  browser.tabs.onCreated.addListener(({ id, openerTabId }) => {
    if (id !== undefined) recorder.opened(id, openerTabId);
  });
  browser.tabs.onRemoved.addListener(tab => {
    void notes.remove(tab);
    listening.end(tab);
    recorder.closed(tab);
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
