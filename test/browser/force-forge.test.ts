/** Pages that forge rules, reach beyond themselves, or drop the rules that they are under. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeRules, METRIC } from '../../src/overrides/carrier.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const HALF = { rules: [{ stream: 'wiki.half', sample: 'in' as const }] };
const FORGED = encodeRules({ v: 1, rules: [{ cookies: 'off' }], policy: 'deliver', until: Date.now() + 86_400_000 });

/** What the background keeps and has put into the browser. */
const KEPT = `(async api => ({
  rules: (await api.declarativeNetRequest.getSessionRules()).length,
  stored: Object.keys(await api.storage.session.get(null)).filter(key => key.startsWith('override')),
  scripts: (await api.scripting.getRegisteredContentScripts()).length,
}))(globalThis.browser ?? chrome)`;

/** A host that nobody allowed. */
const STRANGER = 'stranger.example.test';
const OPTIONS = {
  switches: [`--host-resolver-rules=MAP ${STRANGER} 127.0.0.1`],
  preferences: { 'network.dns.localDomains': STRANGER },
};
/** A page that tells the one around it what came with its response, and whether anything of ours is in it. */
const TELLS = `<!DOCTYPE html><script>
  const [{ serverTiming = [] }] = performance.getEntriesByType('navigation');
  parent.postMessage({ timing: serverTiming.map(({ name }) => name), mw: 'mw' in window }, '*');
</script>`;

/** Everything that a page may try to be heard with, and what it says. */
const SHOUT = `(() => {
  const HANDOVER = 'metrics-platform-inspector', { port1, port2 } = new MessageChannel();
  const lies = ['rules null', 'rules {"v":1,"rules":[],"policy":"deliver","until":9e15}', 'detach', 'stop',
    { type: 'rules', rules: null }, { type: 'detach' }, { request: 'override.clear', tab: 1 }, { type: 'wake' }];
  window.dispatchEvent(new MessageEvent(HANDOVER, { cancelable: true, data: 'x', ports: [port2] }));
  for (const lie of lies) {
    window.postMessage(lie, '*');
    port1.postMessage(lie);
    new BroadcastChannel(HANDOVER).postMessage(lie);
    for (const type of [HANDOVER, HANDOVER + '<', 'x<', 'x?', '<', '?', 'message']) {
      window.dispatchEvent(new CustomEvent(type, { detail: lie, cancelable: true }));
      document.dispatchEvent(new CustomEvent(type, { detail: lie, cancelable: true }));
      window.dispatchEvent(new MessageEvent(type, { data: lie, cancelable: true }));
    }
  }
  return [typeof globalThis.browser, typeof globalThis.chrome?.runtime?.sendMessage, typeof globalThis.__inspectorRules];
})()`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let server: Server;
  let site = '';
  beforeAll(async () => {
    world = await openWorld(name, OPTIONS, { lingerSeconds: 600 });
    server = createServer(({ url }, response) => {
      response.setHeader('content-type', 'text/html');
      if (url === '/frame') {
        response.end(TELLS);
        return;
      }
      response.setHeader('server-timing', `${METRIC};desc="${FORGED}"`);
      response.end('<!DOCTYPE html><title>Forged</title>');
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    site = `http://localhost:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await world.close();
  });

  const visit = async (more = '') => {
    await world.browser.page.goto(`${world.wiki.url}wiki/Blank?session=${OUT}${more}`);
    await world.browser.page.waitFor(READY);
  };
  const submit = (stream: string, tag: string) =>
    world.browser.page.evaluate(`mw.eventLog.submit('${stream}', ${eventSource(`'${tag}'`)})`);
  const fate = async (tag: string) => {
    const find = (record: { event: Parameters<typeof tagOf>[0] }) => tagOf(record.event) === tag;
    const all = await world.until(`the call ${tag}`, records => records.some(find));
    const record = all.find(find);
    return [record?.decision.state, record?.override?.forced ?? false];
  };

  it('rules that a site sends itself are in force nowhere else, and only until it is told', async () => {
    const { browser, panel } = world;
    await browser.page.goto(site);
    await browser.page.waitFor('navigator.cookieEnabled');
    expect(await browser.page.badge()).toBe('');
    expect(await browser.backgroundEvaluate(KEPT)).toEqual({ rules: 0, stored: [], scripts: 0 });
    expect(await panel.evaluate(`JSON.parse(inspector.lines().split('\\n')[0]).overrides`)).toEqual([]);
  });

  it('rules that a site sends itself take nothing from those that are in force', async () => {
    const { browser } = world;
    await world.override({ rules: [{ stream: 'wiki.half', sample: 'in' }], policy: 'hold-all' });
    await browser.page.goto(site);
    expect(await browser.page.evaluate('navigator.cookieEnabled')).toBe(true);
    const sent = await browser.page.evaluate(
      `fetch('/v1/events', { method: 'POST', body: '{}' }).then(({ status }) => status, () => 'blocked')`,
    );
    expect(sent).toBe(202);
    await world.override(null);
  });

  it('a page that shouts changes nothing of the rules that it is under', async () => {
    const { browser, wiki } = world;
    await world.override({ ...HALF, policy: 'hold-forced' });
    const kept = await browser.backgroundEvaluate(KEPT);
    await visit();
    expect(await browser.page.evaluate(SHOUT)).toEqual(['undefined', 'undefined', 'undefined']);
    await submit('wiki.half', 'after the shouting');
    expect(await fate('after the shouting')).toEqual(['accepted', true]);
    await world.panel.evaluate('inspector.flush()');
    await world.until('it to be held', all =>
      all.some(({ event, delivery }) => tagOf(event) === 'after the shouting' && delivery.state === 'held'),
    );
    expect(wiki.received.flatMap(({ events }) => events.map(tagOf))).not.toContain('after the shouting');
    expect(await browser.backgroundEvaluate(KEPT)).toEqual(kept);
    expect(await browser.page.badge()).toBe('ON');
  });

  it('a page sees no other request for rules, and cannot make one', async () => {
    const { browser } = world;
    await world.override({ ...HALF, policy: 'hold-forced' });
    await visit();
    const seen = await browser.page.evaluate<string[]>(
      `performance.getEntries().map(({ name }) => name).filter(name => /${METRIC}|blank\\.json|-extension:/.test(name))`,
    );
    expect(seen).toEqual([]);
    const tries = await browser.page.evaluate<string[]>(
      `Promise.all(['', '-', '-0', '-${'0'.repeat(16)}', '-*'].map(end => fetch('/${METRIC}' + end).then(({ url, status }) => status + ' ' + new URL(url).protocol)))`,
    );
    expect(new Set(tries)).toEqual(new Set(['404 http:']));
  });

  it('a page that puts away what we have replaced sends nothing under `hold-all`', async () => {
    const { browser, wiki } = world;
    await world.override({ ...HALF, policy: 'hold-all' });
    await visit();
    wiki.clearReceived();
    const answers = await browser.page.evaluate<string[]>(`(async () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      const clean = frame.contentWindow, target = location.origin + '/v1/events';
      const told = promise => promise.then(() => 'answered', () => 'blocked');
      delete navigator.sendBeacon;
      delete Navigator.prototype.sendBeacon;
      Navigator.prototype.sendBeacon = clean.Navigator.prototype.sendBeacon;
      window.fetch = clean.fetch.bind(window);
      navigator.sendBeacon(target, '{}');
      clean.navigator.sendBeacon(target, '{}');
      frame.remove();
      const sandbox = document.body.appendChild(document.createElement('iframe'));
      sandbox.sandbox = 'allow-scripts';
      sandbox.srcdoc = '<script>fetch(' + JSON.stringify(target) + ', { method: "POST", mode: "no-cors", body: "{}" })' +
        '.then(() => parent.postMessage("answered", "*"), () => parent.postMessage("blocked", "*"))<' + '/script>';
      const heard = new Promise(resolve => addEventListener('message', ({ data }) => typeof data === 'string' && resolve(data)));
      const worker = new Worker(URL.createObjectURL(new Blob([
        'fetch(' + JSON.stringify(target) + ', { method: "POST", body: "{}" }).then(() => postMessage("answered"), () => postMessage("blocked"))'])));
      const worked = new Promise(resolve => (worker.onmessage = ({ data }) => resolve(data)));
      return [await heard, await worked];
    })()`);
    expect(answers[1]).toBe('blocked');
    await browser.page.evaluate(`fetch('/_wiki/received').then(() => null)`);
    expect(wiki.received).toEqual([]);
  });

  it('rules of one tab are seen by no other tab, and by no frame of a host that was not allowed', async () => {
    const { browser } = world;
    await world.override({ ...HALF, policy: 'hold-forced' });
    const other = await browser.newPage();
    await other.goto(`${world.wiki.url}wiki/Blank?session=${OUT}`);
    await other.waitFor(READY);
    const CARRIED = `(performance.getEntriesByType('navigation')[0].serverTiming ?? []).some(({ name }) => name === '${METRIC}')`;
    expect(await other.evaluate(CARRIED)).toBe(false);
    expect(await other.badge()).toBe('');
    await other.close();
    await visit();
    expect(await browser.page.evaluate(CARRIED)).toBe(true);
    const received = await browser.page.evaluate<string>(
      `decodeURIComponent(performance.getEntriesByType('navigation')[0].serverTiming.find(({ name }) => name === '${METRIC}').description)`,
    );
    expect(Object.keys(JSON.parse(received) as object).sort()).toEqual(['policy', 'rules', 'until', 'v']);
    const told = await browser.page.evaluate(
      `new Promise(resolve => {
        addEventListener('message', ({ data }) => data.timing && resolve(data));
        document.body.appendChild(document.createElement('iframe')).src = '${site.replace('localhost', STRANGER)}frame';
      })`,
    );
    expect(told).toEqual({ timing: [], mw: false });
    await world.override(null);
    await until('the badge to go', async () => (await browser.page.badge()) === '');
  });
});
