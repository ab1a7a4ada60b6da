/** The background stopped while an override is set, changed or ended. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Override } from '../../src/record/override.ts';
import { BROWSERS, eventSource, openWorld, READY, report, times, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
/** Milliseconds between the change and the stop. */
const DELAYS = times(2, 10);

/** What each part of the browser says, read in the background. */
const SAID = `(async (api, tab) => {
  const [stored, rules, scripts, alarms, badge] = await Promise.all([
    api.storage.session.get('override:' + tab), api.declarativeNetRequest.getSessionRules(),
    api.scripting.getRegisteredContentScripts(), api.alarms.getAll(), api.action.getBadgeText({ tabId: tab }),
  ]);
  return { stored: stored['override:' + tab]?.rules[0].stream ?? null, rules: JSON.stringify(rules), scripts: scripts.length,
    alarms: alarms.length, badge };
})(globalThis.browser ?? chrome, TAB)`;

interface Said {
  stored: string | null;
  rules: string;
  scripts: number;
  alarms: number;
  badge: string;
}

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
  });
  afterAll(() => world.close());

  it('agrees within a second of its next start, wherever the background was stopped', async () => {
    const { browser, wiki, panel } = world;
    const { page } = browser;
    await page.goto(`${wiki.url}wiki/Blank?session=${OUT}`);
    await page.waitFor(READY);
    const said = () => browser.backgroundEvaluate<Said>(SAID.replace('TAB', String(page.tab)));
    /** Which of two streams, both out of sample, the page is forced to send; asked by a question, which sends nothing. */
    const obeyed = () =>
      page.evaluate<string | null>(
        `['wiki.half', 'wiki.rare'].find(stream => mw.eventLog.submit && (() => {
          const taken = [], { sendBeacon } = Navigator.prototype;
          return mw.loader.require('ext.eventLogging.metricsPlatform').newMetricsClient(
            mw.loader.moduleRegistry['ext.eventLogging'].packageExports['ext.eventLogging/data.json'].streamConfigs,
            { submitEvent: event => taken.push(event) }).submit(stream, ${eventSource(`'asked'`)}), taken.length > 0;
        })()) ?? null`,
      );
    const ask = (request: object) =>
      panel.evaluate(
        `void (globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify(request)}).catch(() => null)`,
      );
    const override = (stream: string): Override => ({
      rules: [{ stream, sample: 'in' }],
      policy: 'hold-forced',
      until: Date.now() + 3_600_000,
    });
    const steps = [
      { request: 'override.set', tab: page.tab, override: override('wiki.half') },
      { request: 'override.set', tab: page.tab, override: override('wiki.rare') },
      { request: 'override.clear', tab: page.tab },
    ];
    let slowest = 0;
    for (let turn = 0; turn < DELAYS; turn++) {
      for (const step of steps) {
        await ask(step);
        // a little later each time, by what the driver itself takes to answer
        for (let i = 0; i < turn; i++) await page.evaluate('0');
        await browser.stopBackground();
        await browser.backgroundEvaluate('0');
        const began = Date.now();
        const agrees = async () => {
          const { stored, rules, scripts, alarms, badge } = await said();
          const isOn = stored !== null;
          const parts = [
            rules.includes(stored ?? '[]'),
            scripts === Number(isOn),
            alarms === Number(isOn),
            (badge !== '') === isOn,
          ];
          return !parts.includes(false) && (await obeyed()) === stored;
        };
        await until('all to agree', agrees, 5_000);
        slowest = Math.max(slowest, Date.now() - began);
      }
    }
    report({ cell: 'override-stop', browser: name, stops: DELAYS * steps.length, slowest });
    expect(slowest).toBeLessThan(times(5_000, 1_000));
    await world.override(null);
  });
});
