/** Test sessions as their users come to them: by the toolbar's popup, with a full disk, with a file that they drop. */

import type { Browser } from 'webextension-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordingStatus } from '../../src/recording/types.ts';
import { ask, isKept, submit } from './support/recording.ts';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

const EVENT = `{"$schema":"/analytics/product_metrics/web/base/1.3.0","meta":{"stream":"wiki.page_visit"},"dt":"2026-11-23T21:00:00.000Z","action":"page_visit"}`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    await world.panel.click('#tab-tests');
    await world.panel.waitFor(`document.querySelector('#tests-start')`);
  });
  afterAll(() => world.close());

  it('records by the popup, which says so', async () => {
    const { browser } = world;
    const { tab } = browser.page;
    const popup = await browser.extensionPage('popup.html');
    // As a page it is about the tab in front of its window, as the popup is. The panel has a window of its own.
    await popup.evaluate(async (inFront: number) => {
      const { browser: own, chrome } = globalThis as unknown as { browser?: Browser; chrome: Browser };
      const { tabs } = own ?? chrome;
      const [page, popupTab] = [await tabs.get(inFront), await tabs.getCurrent()];
      await tabs.move(popupTab.id ?? 0, { windowId: page.windowId ?? 0, index: -1 });
      await tabs.update(inFront, { active: true });
    }, tab);
    await popup.evaluate(`globalThis.isOld = true, void setTimeout(() => location.reload())`);
    await popup.waitFor(`!globalThis.isOld && document.querySelector('#record')`);
    await popup.evaluate(`document.querySelector('#record').click()`);
    await popup.waitFor(`document.querySelector('#record-step')`);
    const { id } = (await ask(popup, { request: 'recording.get', tab })) ?? { id: '' };
    await submit(browser.page, 'popup');
    await until('the call to be kept', () => popup.evaluate(isKept, [id, 'popup']));
    await popup.evaluate(`document.querySelector('#record-step').click()`);
    await until('the step', async () => (await ask(popup, { request: 'recording.get', tab }))?.steps.length === 1);
    await popup.evaluate(`document.querySelector('#record-stop').click()`);
    await popup.waitFor(`document.querySelector('#record')`);
    expect(await ask(popup, { request: 'recording.get', tab })).toBe(null);
    await popup.close();
  });

  it('stops where there is no room, says so, and has all from before', async () => {
    const { browser, panel } = world;
    await panel.click('#tests-start');
    await panel.waitFor(`document.querySelector('#tests-step')`);
    const { id } = (await ask(panel, { request: 'recording.get', tab: browser.page.tab })) as RecordingStatus;
    await submit(browser.page, 'before');
    await until('the call to be kept', () => panel.evaluate(isKept, [id, 'before']));
    await browser.backgroundEvaluate(() => {
      const { add } = IDBObjectStore.prototype;
      Object.assign(globalThis, { unfill: () => (IDBObjectStore.prototype.add = add) });
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('no room', 'QuotaExceededError');
      };
    });
    await submit(browser.page, 'too much');
    await panel.waitFor(`document.body.innerText.includes('the storage is full')`, undefined, { what: 'the message' });
    await panel.waitFor(`document.querySelector('#tests-start')`, undefined, { what: 'the end' });
    await browser.backgroundEvaluate('void unfill()');
    await panel.waitFor(`document.querySelector('[data-recording="${id}"]')?.dataset.how === 'full'`);
    expect(await panel.evaluate(isKept, [id, 'before'])).toBe(true);
  });

  it('takes a file that is dropped', async () => {
    const { panel } = world;
    await panel.evaluate((text: string) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([`${text}\n${text}\n{broken\n`], 'dropped.ndjson'));
      const drop = (type: string) =>
        document
          .querySelector('.files-in')
          ?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      drop('dragover');
      drop('drop');
    }, EVENT);
    await panel.waitFor(`document.querySelector('.recordings')?.innerText.includes('dropped.ndjson')`);
    await panel.waitFor(`/3/.test(document.querySelector('.tests .trouble')?.innerText ?? '')`);
  });
});
