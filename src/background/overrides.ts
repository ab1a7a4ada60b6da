/**
 * The overrides of all tabs. The truth is in storage.session; network rules, alarms, scripts and badges are made to
 * agree with it, after every change and on every start. A stopped background thus leaves nothing half done: what was
 * stored is completed, what was not stored is taken back.
 */

import type { Browser } from 'webextension-polyfill';
import { checkOverride, OverrideError } from '../overrides/check.ts';
import type { Override } from '../record/override.ts';
import { showBadge } from './badge.ts';
import { setAlarms } from './expiry.ts';
import { installNetworkRules } from './network-rules.ts';
import type { Queue } from './queue.ts';
import { registerScripts } from './scripts.ts';
import { createTabStore } from './session.ts';

export interface Overrides {
  get(tab: number): Promise<Override | null>;
  /** @throws OverrideError where the override is refused; nothing of it is then in force. */
  set(tab: number, override: unknown): Promise<null>;
  clear(tab: number): Promise<null>;
  /** Everything off, in all tabs. */
  clearAll(): Promise<void>;
  /** Makes everything agree with what is stored; ends what has expired or has lost its tab. */
  reconcile(): Promise<void>;
  /** The browser forgets a tab's badge when the tab navigates. */
  restoreBadge(tab: number): Promise<void>;
  /** The browser gave the tab another id. */
  move(from: number, to: number): Promise<void>;
}

/** @param announce called after every change with what is now in force for the tab */
export function createOverrides(
  browser: Browser,
  queue: Queue,
  announce: (tab: number, override: Override | null) => void,
): Overrides {
  // A null is an override that is about to end: its rules and badge are still to be removed.
  const store = createTabStore<Override | null>(browser.storage.session, 'override');

  const inForce = (override: Override | null | undefined): Override | null =>
    override && override.until > Date.now() ? override : null;

  async function agree(): Promise<void> {
    const open = new Set((await browser.tabs.query({})).map(tab => tab.id));
    const current = new Map<number, Override>();
    const ended: number[] = [];
    for (const [tab, stored] of await store.all()) {
      const override = open.has(tab) ? inForce(stored) : null;
      if (override) current.set(tab, override);
      else ended.push(tab);
    }
    // The script that asks for rules must never run without the network rules that answer it.
    if (current.size) await installNetworkRules(browser, current);
    await registerScripts(browser, current.size > 0);
    if (!current.size) await installNetworkRules(browser, current);
    await setAlarms(browser, current);
    for (const [tab, override] of current) await showBadge(browser, tab, override);
    for (const tab of ended) {
      await showBadge(browser, tab, null);
      await store.remove(tab);
      announce(tab, null);
    }
  }

  async function change(tab: number, next: Override | null): Promise<void> {
    const before = inForce(await store.get(tab));
    await store.put(tab, next);
    // Else a page would still send what the network redirects no more: it is told before it is so.
    if (before?.policy === 'redirect' && next?.policy !== 'redirect') announce(tab, next);
    try {
      await agree();
    } catch (error) {
      await store.put(tab, before);
      await agree();
      announce(tab, before);
      throw error;
    }
    if (next) announce(tab, next);
  }

  return {
    get: tab => queue(async () => inForce(await store.get(tab))),
    set: (tab, value) =>
      queue(async () => {
        const override = checkOverride(value, Date.now());
        await browser.tabs.get(tab).catch(() => {
          throw new OverrideError(`There is no tab ${tab} any more. Open the page again and set the override there.`);
        });
        await change(tab, override);
        return null;
      }),
    clear: tab =>
      queue(async () => {
        if ((await store.get(tab)) !== undefined) await change(tab, null);
        return null;
      }),
    clearAll: () =>
      queue(async () => {
        for (const tab of (await store.all()).keys()) await change(tab, null);
      }),
    reconcile: () => queue(agree),
    restoreBadge: tab =>
      queue(async () => {
        const override = inForce(await store.get(tab));
        if (override) await showBadge(browser, tab, override);
      }),
    move: (from, to) =>
      queue(async () => {
        const override = await store.get(from);
        if (override) await store.put(to, override);
        await agree();
      }),
  };
}
