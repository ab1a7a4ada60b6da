/** The extension updated or disabled under override: pages get their originals back, and nothing of a rule is left. */

import { describe, expect, it } from 'vitest';
import { METRIC } from '../../src/overrides/carrier.ts';
import { BROWSERS, eventSource, openWorld, report, tagOf, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const READY = `document.documentElement.dataset.clients === 'ready' && document.readyState === 'complete'`;

/** Whether what we replace is the browser's own. */
const NATIVE = `['sendBeacon', 'fetch'].every(name => /native code/.test(Function.prototype.toString.call(Navigator.prototype[name] ?? window[name])))`;
/** Whether a stream that is out of sample is taken, asked by a question that sends nothing. */
const OBEYED = `(taken => {
  mw.loader.require('ext.eventLogging.metricsPlatform').newMetricsClient(
    mw.loader.moduleRegistry['ext.eventLogging'].packageExports['ext.eventLogging/data.json'].streamConfigs,
    { submitEvent: event => taken.push(event) }).submit('wiki.half', ${eventSource(`'asked'`)});
  return taken.length > 0;
})([])`;
const CARRIED = `(performance.getEntriesByType('navigation')[0].serverTiming ?? []).some(({ name }) => name === '${METRIC}')`;

/** All that an override put into the browser, read in the background. */
const LEFT = `(async api => ({
  rules: await api.declarativeNetRequest.getSessionRules(),
  scripts: await api.scripting.getRegisteredContentScripts(),
  stored: [...Object.keys(await api.storage.session.get(null)), ...Object.keys(await api.storage.local.get(null))]
    .filter(key => key.startsWith('override')),
  alarms: await api.alarms.getAll(),
}))(globalThis.browser ?? chrome)`;

const WAYS: { way: 'updated' | 'disabled'; end: (world: World) => Promise<unknown> }[] = [
  {
    // the browser's own reload of it is what an update does once it has the new files
    way: 'updated',
    end: ({ browser }) =>
      browser.backgroundEvaluate(`void setTimeout(() => (globalThis.browser ?? chrome).runtime.reload())`),
  },
  { way: 'disabled', end: ({ browser }) => browser.allowExtension(false) },
];

describe.each(BROWSERS)('%s', name => {
  it.each(WAYS)('$way: pages get their originals back, and what was forced never leaves', async ({ way, end }) => {
    const world = await openWorld(name, {}, { lingerSeconds: 600 });
    const { browser, wiki } = world;
    const { page } = browser;
    try {
      const url = `${wiki.url}wiki/Blank?session=${OUT}&generation=1.45`;
      await world.override({
        rules: [
          { stream: 'wiki.half', sample: 'in' },
          { instrument: 'wiki-rare', sample: 'in' },
        ],
        policy: 'hold-forced',
      });
      // the browser ends with its last window, and the panel's goes with the extension
      const other = await browser.newPage();
      await page.goto(url);
      await page.waitFor(READY);
      expect(await page.evaluate(NATIVE)).toBe(false);
      wiki.clearReceived();
      await page.evaluate(`(() => {
        mw.eventLog.submit('wiki.half', ${eventSource(`'forced'`)});
        mw.eventLog.submit('wiki.page_visit', ${eventSource(`'other'`)});
        for (const name of ['wiki-rare', 'wiki-unsampled'])
          mw.xLab.getInstrument(name).setSchemaID('/analytics/product_metrics/web/base/1.3.0').submitInteraction('click', { action_context: name });
      })()`);
      expect(await page.evaluate(OBEYED)).toBe(true);
      await end(world);
      const began = Date.now();
      // Firefox puts the scripts of an extension that starts into the pages that are open.
      const isBack = way === 'updated' && name === 'firefox' ? `!${OBEYED}` : NATIVE;
      await until('the originals', () => page.evaluate<boolean>(isBack), 5_000);
      report({ cell: `extension-${way}`, browser: name, milliseconds: Date.now() - began });
      expect(await page.evaluate(OBEYED)).toBe(false);
      const arrived = () => wiki.received.flatMap(({ events }) => events.map(tagOf)).sort();
      await page.evaluate(`mw.eventLog.submit('wiki.half', ${eventSource(`'natural'`)})`);
      // xLab sends five seconds after its first event, EventLogging as the page is left.
      await until('the instrument that was not forced', () => arrived().length >= 1);
      await page.goto(`${wiki.url}wiki/Blank?clients=0`);
      await until('the stream that was not forced', () => arrived().length >= 2);
      // The page is gone, and with it all that it had to send; a request of the next page comes after it.
      await page.evaluate(`fetch('/_wiki/received').then(() => null)`);
      expect(arrived()).toEqual(['other', 'wiki-unsampled']);
      // The driver loses Chromium's background with the extension's reload: there the next pages tell.
      if (way === 'updated' && name === 'firefox') {
        expect(await browser.backgroundEvaluate(LEFT)).toEqual({ rules: [], scripts: [], stored: [], alarms: [] });
        expect(await page.badge()).toBe('');
      }
      for (const host of [`localhost:${wiki.port}`, `after.localhost:${wiki.port}`]) {
        await page.goto(`http://${host}/wiki/Blank?session=${OUT}&generation=1.45`);
        await page.waitFor(READY);
        expect([await page.evaluate(CARRIED), await page.evaluate(OBEYED)]).toEqual([false, false]);
      }
      await other.close();
    } finally {
      await world.close();
    }
  });
});
