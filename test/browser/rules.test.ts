/** Rules where a header cannot carry them: a plain-http origin that is not localhost; and what is left when they end. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRIC } from '../../src/overrides/carrier.ts';
import type { DeliveryPolicy } from '../../src/record/override.ts';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const RULES = [{ stream: 'wiki.half', sample: 'in' as const }];

/** On the manifest's list, not a secure context, and here without a name server. */
const HOSTS = ['hold-forced', 'hold-all', 'expiry'].map(name => `${name}.local.wmftest.net`);
const RESOLVED = {
  switches: ['--host-resolver-rules=MAP *.local.wmftest.net 127.0.0.1'],
  preferences: { 'network.dns.localDomains': HOSTS.join() },
};

/** All that an override put into the browser, read in the background. */
const LEFT = `(async api => ({
  rules: await api.declarativeNetRequest.getSessionRules(),
  scripts: await api.scripting.getRegisteredContentScripts(),
  overrides: Object.keys(await api.storage.session.get(null)).filter(key => key.startsWith('override')),
  alarms: await api.alarms.getAll(),
}))(globalThis.browser ?? chrome)`;
const NOTHING = { rules: [], scripts: [], overrides: [], alarms: [] };

/** Whether the response carries rules, as the page's own scripts may see it. */
const CARRIED = `(performance.getEntriesByType('navigation')[0].serverTiming ?? []).some(({ name }) => name === '${METRIC}')`;

/** A request of a worker, where there is no hook: only the network can hold it. */
const WORKER = `new Promise(resolve => {
  const source = "fetch('" + new URL('/v1/events', location.href) + "', { method: 'POST', body: '{}' }).then(() => postMessage('sent'), () => postMessage('blocked'))";
  new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => resolve(data);
})`;

describe.each(BROWSERS)('%s, on plain http', name => {
  let world: World;
  const asked: string[] = [];
  const note = (message: unknown) => asked.push((message as { request: IncomingMessage }).request.url ?? '');
  beforeAll(async () => {
    subscribe('http.server.request.start', note);
    world = await openWorld(name, RESOLVED);
  });
  afterAll(async () => {
    unsubscribe('http.server.request.start', note);
    await world.close();
  });

  const address = (policy: string, load: number) =>
    `http://${policy}.local.wmftest.net:${world.wiki.port}/wiki/Blank?first=${load}&linger=1&session=${OUT}`;
  const override = (policy: DeliveryPolicy) => world.override({ rules: RULES, policy });

  /** The two first calls of each of the page loads of this address, once all of them are final on the wire. */
  async function calls(url: string, loads: number) {
    const ofUrl = (all: Record[]) => all.filter(({ page }) => page.url === url);
    const all = await world.until(`the calls of ${loads} loads`, records => {
      const mine = ofUrl(records);
      return (
        mine.length >= 2 * loads &&
        mine.every(({ delivery }) => delivery.state !== 'queued' && delivery.state !== 'sent')
      );
    });
    return ofUrl(all).map(({ stream, decision, delivery, override: mark }) => ({
      stream,
      decision: decision.reason ?? decision.state,
      delivery: delivery.state,
      forced: mark?.forced ?? false,
    }));
  }

  const received = () =>
    world.wiki.received
      .flatMap(({ events }) => events as { meta: { stream: string } }[])
      .map(({ meta }) => meta.stream);

  it('obeys from the first call, at the first navigation and at a reload, and leaves nothing behind', async () => {
    const { browser, wiki } = world;
    const forced = [
      { stream: 'wiki.half', decision: 'accepted', delivery: 'held', forced: true },
      { stream: 'wiki.page_visit', decision: 'accepted', delivery: 'answered', forced: false },
    ];
    wiki.clearReceived();
    await override('hold-forced');
    const url = address('hold-forced', 1);
    await browser.page.goto(url);
    expect(await calls(url, 1)).toEqual(forced);
    await browser.page.reload();
    expect(await calls(url, 2)).toEqual([...forced, ...forced]);
    expect(received()).toEqual(['wiki.page_visit', 'wiki.page_visit']);
    expect(asked.filter(path => path.includes(METRIC))).toEqual([]);
    expect(await browser.page.evaluate('isSecureContext')).toBe(false);

    await world.override(null);
    expect(await browser.backgroundEvaluate(LEFT)).toEqual(NOTHING);
    await browser.page.reload();
    expect(await browser.page.evaluate(CARRIED)).toBe(false);
    expect((await calls(url, 3)).slice(4)).toEqual([
      { stream: 'wiki.half', decision: 'out-of-sample', delivery: 'none', forced: false },
      { stream: 'wiki.page_visit', decision: 'accepted', delivery: 'answered', forced: false },
    ]);
    expect(received()).toHaveLength(3);
    expect(asked.filter(path => path.includes(METRIC))).toEqual([]);
  });

  it('sends nothing at all under `hold-all`', async () => {
    const { browser, wiki } = world;
    wiki.clearReceived();
    await override('hold-all');
    const url = address('hold-all', 2);
    await browser.page.goto(url);
    expect((await calls(url, 1)).map(({ delivery }) => delivery)).toEqual(['held', 'held']);
    expect(await browser.page.evaluate(WORKER)).toBe('blocked');
    expect(wiki.received).toEqual([]);
    await world.override(null);
    expect(await browser.page.evaluate(WORKER)).toBe('sent');
  });

  it('ends by itself', async () => {
    const { browser, panel } = world;
    const url = address('expiry', 3);
    const end = Date.now() + 2_000;
    await panel.evaluate(
      `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify({
        request: 'override.set',
        tab: browser.page.tab,
        override: { rules: RULES, policy: 'hold-forced', until: end },
      })})`,
    );
    expect(await browser.page.badge()).not.toBe('');
    await until('the badge to go', async () => (await browser.page.badge()) === '');
    expect(Date.now()).toBeGreaterThanOrEqual(end);
    await until(
      'all of it to go',
      async () => (await browser.backgroundEvaluate<typeof NOTHING>(LEFT)).alarms.length === 0,
    );
    expect(await browser.backgroundEvaluate(LEFT)).toEqual(NOTHING);
    await browser.page.goto(url);
    expect((await calls(url, 1))[0]).toMatchObject({ decision: 'out-of-sample', delivery: 'none' });
  });
});
