/** The browser's process killed while it records: what was there 100 ms before is there again. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import { startWiki } from '../wiki/index.ts';
import { BROWSERS, eventSource, extensionOf, READY, report, tagOf, times } from './support/world.ts';
import type { Record } from '../../src/record/record.ts';

const KILLS = times(2, 20);
const LOST_AT_MOST = 100;
/** Firefox gives a temporary add-on another origin at each start, unless it is told which. */
const ADDON = 'metrics-platform-inspector@wikimedia.org';
const ORIGIN = '6f1c9a52-3b7e-4c7a-9d1e-0a1b2c3d4e5f';

describe.each(BROWSERS)('%s', name => {
  it(
    `killed at ${KILLS} moments, reopens with all up to ${LOST_AT_MOST} ms before`,
    { timeout: KILLS * 120_000 },
    async () => {
      const losses: { kill: number; since: number; calls: number }[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const profile = mkdtempSync(join(tmpdir(), 'inspector-kill-'));
        const wiki = await startWiki();
        const preferences = {
          'extensions.webextensions.uuids': JSON.stringify({ [ADDON]: ORIGIN }),
          'extensions.webextensions.keepStorageOnUninstall': true,
          'extensions.webextensions.keepUuidOnUninstall': true,
        };
        const options = { browser: name, extension: extensionOf(name), profile, preferences };
        try {
          const first = await openBrowser(options);
          await first.page.goto(`${wiki.url}wiki/Blank`);
          await first.page.waitFor(READY);
          const popup = await first.extensionPage('popup.html');
          await popup.evaluate(
            `(globalThis.browser ?? chrome).runtime.sendMessage({ request: 'recording.start', tab: ${first.page.tab}, name: 'Killed', stepsByPage: false, repositories: [] })`,
          );
          // Every other time the page is in a tab behind another one, where its own timers would run once a second.
          if (kill % 2 === 0) await popup.close();
          const hidden = await first.page.evaluate<boolean>('document.hidden');
          // Each call is told to the wiki at once, in a request of its own: what the test knows of it.
          await first.page.evaluate(`(() => {
            const source = new Blob(['setInterval(() => postMessage(0), 5)']);
            new Worker(URL.createObjectURL(source)).onmessage = () => {
              const tag = String(Date.now());
              mw.eventLog.submit('wiki.page_visit', ${eventSource('tag')});
              navigator.sendBeacon('/_wiki/note', tag);
            };
          })()`);
          // In a browser's first second all its messages take up to 200 ms, on two processors: the recording is older.
          await delay(1_500 + Math.random() * 2_500);
          const killed = Date.now();
          await first.close();
          const called = wiki.noted.map(Number).filter(time => time <= killed);
          const again = await openBrowser(options);
          const records = await recorded(again);
          await again.close();
          const tags = new Set(records.map(({ event }) => Number(tagOf(event))));
          const missing = called.filter(time => !tags.has(time));
          const since = missing.reduce((most, time) => Math.max(most, killed - time), 0);
          report({
            test: 'kill',
            browser: name,
            kill,
            lostMs: since,
            lost: missing.length,
            calls: called.length,
            hidden,
          });
          losses.push({ kill, since, calls: called.length });
        } finally {
          await wiki.close();
          rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
        }
      }
      expect(losses.filter(({ since, calls }) => since > LOST_AT_MOST || calls <= 10)).toEqual([]);
    },
  );
});

async function recorded(browser: Awaited<ReturnType<typeof openBrowser>>): Promise<Record[]> {
  // It asks the background, which tidies up: what has no end gets one.
  const list = await browser.extensionPage('popup.html');
  const id = await list.waitFor<string | null>(
    () =>
      new Promise<string | null>((resolve, reject) => {
        const opening = indexedDB.open('recordings');
        opening.onerror = () => reject(new Error(String(opening.error)));
        opening.onsuccess = () => {
          const database = opening.result;
          if (!database.objectStoreNames.contains('recordings')) return resolve(null);
          const all = database.transaction('recordings').objectStore('recordings').getAll();
          all.onsuccess = () => {
            database.close();
            const [one] = all.result as { id: string; how: string | null }[];
            resolve(one?.how === 'interrupted' ? one.id : null);
          };
        };
      }),
    undefined,
    { what: 'the recording to be closed' },
  );
  const panel = await browser.extensionPage(`panel.html?session=${id}`);
  await panel.waitFor('globalThis.inspector?.ready');
  await panel.click('#tab-tests');
  // What may be missing is said where the recording ends.
  await panel.waitFor(
    `/may be missing/.test(document.querySelector('.tests .marks li:last-child')?.textContent ?? '')`,
  );
  return panel.evaluate<Record[]>('inspector.records()');
}
