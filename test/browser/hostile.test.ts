/** Pages that mean no good: they behave as without us, cannot make us run their code, and cannot speak for anybody else. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Record } from '../../src/record/record.ts';
import { openTwins, type Twins } from './support/twins.ts';
import { BROWSERS, eventSource, READY, tagOf } from './support/world.ts';

const PAGE = 'wiki/Blank?session=00000000c0ffee00c0ff';

/** Calls of all kinds, with what they answered. */
const CALLS = `
  const event = more => Object.assign(${eventSource(`'hostile'`)}, more);
  const xhr = () => { const request = new XMLHttpRequest(); request.open('POST', '/v1/events?by=xhr', false); request.send('{}'); return request.status; };
  const all = async () => [
    attempt(() => mw.eventLog.submit('wiki.page_visit', event())), attempt(() => mw.eventLog.submit('nowhere', event())), attempt(() => mw.eventLog.submit()),
    attempt(() => mw.eventLog.submitInteraction('wiki.page_visit', '/analytics/product_metrics/web/base/1.3.0', 'click', { element_id: 'a' })),
    attempt(() => mw.eventLog.logEvent('Test', { OtherMessage: 'a' })), attempt(() => mw.track('event.Test', { OtherMessage: 'b' })),
    attempt(() => mw.testKitchen.getInstrument('wiki-search').send('click', { element_id: 'a' })),
    attempt(() => mw.testKitchen.compat.getExperiment('wiki-welcome').send('click')),
    show(await (await mw.testKitchen.getExperiment('wiki-welcome')).send('click')),
    attempt(() => navigator.sendBeacon('/v1/events?hasty=true', '{}')), attempt(() => navigator.sendBeacon('http://[', '{}')),
    (await fetch('/v1/events?by=fetch', { method: 'POST', body: '{}' })).status, attempt(xhr),
  ];`;

/** More calls than the hook keeps waiting: it hands its facts over within the last of them. */
const MANY = `for (let i = 0; i < 300; i++) mw.eventLog.submit('nowhere', { i });`;

/**
 * The page counts every use of what it has replaced: of the engine's functions and getters, and of properties that
 * objects and lists would inherit.
 */
const COUNT = `
  const counts = Object.create(null);
  const { apply, ownKeys, defineProperty, getOwnPropertyDescriptor: describe, construct } = Reflect;
  let counting = false;
  const count = name => { if (counting) counts[name] = (counts[name] ?? 0) + 1; };
  const counted = (name, original) => ({ counted(...args) { count(name); return apply(original, this, args); } }).counted;
  const replaceAll = (title, object) => {
    const keys = ownKeys(object);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i], property = describe(object, key), name = title + '.' + String(key);
      if (!property.configurable || key === 'constructor') continue;
      const isPlain = typeof property.value === 'function' && !describe(property.value, 'prototype');
      if (isPlain) property.value = counted(name, property.value);
      else if (property.get || property.set) {
        if (property.get) property.get = counted(name + ' get', property.get);
        if (property.set) property.set = counted(name + ' set', property.set);
      } else continue;
      try { defineProperty(object, key, property); } catch {}
    }
  };
  const inherited = (title, object, keys) => {
    for (const key of keys) {
      if (describe(object, key)) continue;
      const name = title + '.' + key;
      defineProperty(object, key, { configurable: true, get() { count(name + ' get'); return undefined; },
        set(value) { count(name + ' set'); defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true }); } });
    }
  };
  const replaceEverything = () => {
    for (const name of ['Object', 'Reflect', 'JSON', 'Function', 'Array', 'String', 'RegExp', 'Number', 'Date', 'Map', 'Set', 'WeakMap', 'WeakRef',
      'Promise', 'Symbol', 'Error', 'EventTarget', 'Event', 'CustomEvent', 'MessageEvent', 'MessagePort', 'MessageChannel', 'Navigator', 'Document', 'Element',
      'Node', 'HTMLImageElement', 'DOMTokenList', 'URL', 'Request', 'Response', 'Blob', 'TextDecoder', 'URLSearchParams', 'XMLHttpRequest', 'Performance']) {
      if (name !== 'Function' && name !== 'Error') replaceAll(name, globalThis[name]);
      replaceAll(name + '#', globalThis[name].prototype ?? {});
    }
    replaceAll('iterator', Object.getPrototypeOf([][Symbol.iterator]()));
    replaceAll('navigator', navigator);
    for (const name of ['fetch', 'setTimeout', 'clearTimeout', 'queueMicrotask', 'postMessage', 'addEventListener', 'dispatchEvent', 'eval'])
      globalThis[name] = counted(name, globalThis[name]);
    Error.prepareStackTrace = (error, sites) => { count('prepareStackTrace'); return ''; };
    inherited('Object.prototype', Object.prototype, ['0', '1', '2', '3', 'then', 'toJSON', 'name', 'message', 'stack', 'cause', 'action', '$schema', 'url', 'method', 'body',
      'kind', 'at', 'seq', 'event', 'detail', 'data', 'ports', 'once', 'signal', 'text', 'truncated', 'fact', 'call', 'next']);
    inherited('Array.prototype', Array.prototype, ['0', '1', '2', '3', '4', 'toJSON', 'prepareStackTrace']);
    inherited('Function.prototype', Function.prototype, ['prepareStackTrace', 'toJSON', 'value', 'get', 'set', 'handleEvent']);
  };
  const result = async () => {
    counting = true;
    const answers = await all();
    ${MANY}
    counting = false;
    return { answers, counts };
  };`;

interface Noticed {
  traps: { [trap: string]: number };
  mw: unknown;
}

describe.each(BROWSERS)('%s', name => {
  let twins: Twins;
  beforeAll(async () => {
    twins = await openTwins(name);
  });
  afterAll(() => twins.close());

  async function same(path: string, script: string): Promise<unknown> {
    const without = await twins.without(path, script);
    const seen = await twins.with(path, script);
    expect(seen).toEqual(without);
    return seen.result;
  }
  const own = async (path: string): Promise<Record[]> => {
    const url = twins.world.wiki.url + path;
    return (await twins.world.records()).filter(({ page }) => page.url === url);
  };

  it('runs nothing that the page replaced after its clients came', async () => {
    const script = `${CALLS}${COUNT}\nreplaceEverything();\nreturn await result();`;
    await same(`${PAGE}&after=1`, script);
    await twins.world.until(
      'the calls',
      records => records.filter(({ page }) => page.url.includes('after=1')).length > 300,
    );
  });

  it('runs nothing that the page replaced before its clients came', async () => {
    const script = `${CALLS}${COUNT}\nreplaceEverything();
      mw.loader.load(['wiki.page']);
      while (!mw.eventLog?.Schema || !mw.testKitchen?.compat) await new Promise(resolve => requestIdleCallback(resolve));
      await new Promise(resolve => requestIdleCallback(resolve)); // after EventLogging's own, in which it subscribes
      return await result();`;
    await same(`${PAGE}&before=1&clients=0`, script);
    await twins.world.until(
      'the calls',
      records => records.filter(({ page }) => page.url.includes('before=1')).length > 300,
    );
  });

  it.each(['get', 'set', 'value', 'writable', 'enumerable', 'configurable'])(
    'lets the page have a property %s on all objects',
    async key => {
      const script = `
        let runs = 0;
        Object.defineProperty(Object.prototype, '${key}', { configurable: true, get() { runs++; return () => {}; } });
        const before = runs;
        const answers = [attempt(() => { mw.eventLog = { submit: stream => stream, Schema: class {} }; return mw.eventLog.submit('a'); }),
          attempt(() => { mw.testKitchen = {}; }), attempt(() => { window.MetricsClient = class {}; }), attempt(() => navigator.sendBeacon('/v1/events', '{}')),
          attempt(() => { const image = new Image(); image.src = '/nothing'; return image.src; })];
        const ran = runs - before;
        delete Object.prototype['${key}'];
        return { answers, ran };`;
      await same(`${PAGE}&clients=0&key=${key}`, script);
    },
  );

  it('shows what it can of hostile values, marks what it cannot, and changes nothing for the page', async () => {
    const path = `${PAGE}&values=1`;
    const script = `
      let runs = 0;
      const shared = { list: [1] };
      const cycle = { action: 'cycle' };
      cycle.self = cycle;
      const keys = {};
      for (let i = 0; i < 50_000; i++) keys['key' + i] = i;
      const values = [
        { get secret() { runs++; throw new RangeError('secret'); } }, cycle, { one: shared, two: shared, list: [shared, shared] }, { big: 10n },
        { toJSON() { runs++; return { replaced: true }; } }, { long: 'x'.repeat(5_000_000) }, keys, { text: '\\ud800', '\\udc00': 1 },
        JSON.parse('{"__proto__": {"polluted": true}}'), new Proxy({}, { ownKeys() { throw new RangeError('ownKeys'); } }),
        JSON.parse('['.repeat(500) + ']'.repeat(500)), { made: 1, toJSON() { runs++; return 1; } },
      ];
      const answers = [];
      for (const [index, value] of values.entries())
        answers.push(attempt(() => mw.eventLog.submit(index > 10 ? 'wiki.off' : 'wiki.page_visit', { ...${eventSource(`'value.' + index`)}, action: value })));
      return { answers, runs };`;
    await same(path, script);
    const records = await twins.world.until(
      'all values',
      all => all.filter(({ page }) => page.url.endsWith(path)).length >= 12,
    );
    const mine = records.filter(({ page }) => page.url.endsWith(path));
    const actionOf = (event: Json) =>
      event && typeof event === 'object' && !Array.isArray(event) ? JSON.stringify(event['action']) : typeof event;
    expect(mine.map(({ event, truncated }) => [truncated, actionOf(event)?.slice(0, 40)])).toEqual([
      [true, '{}'],
      [true, '{"action":"cycle","self":null}'],
      [false, '{"one":{"list":[1]},"two":{"list":[1]},"'],
      [true, '{"big":"10"}'],
      [false, '{"replaced":true}'],
      [true, '{"long":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
      [true, '{"key0":0,"key1":1,"key2":2,"key3":3,"ke'],
      [false, '{"text":"\\ud800","\\udc00":1}'],
      [false, '{"__proto__":{"polluted":true}}'],
      [true, 'null'],
      [false, 'string'],
      [true, '{"made":1}'],
    ]);
  });

  it('counts what the page can notice', async () => {
    const script = `
      const traps = {};
      const handler = new Proxy({}, { get: (_, trap) => (...args) => { traps[trap] = (traps[trap] ?? 0) + 1; return Reflect[trap](...args); } });
      const answer = attempt(() => mw.eventLog.submit('wiki.rare', new Proxy({ $schema: '/a/1.0.0', action: 'click', one: 1 }, handler)));
      const frame = document.body.appendChild(document.createElement('iframe'));
      const { contentWindow } = frame;
      return { answer, traps, mw: ['mw' in contentWindow, typeof contentWindow.mw, Object.keys(contentWindow).includes('mw')] };`;
    const without = (await twins.without(PAGE, script)).result as { result: Noticed };
    const seen = (await twins.with(PAGE, script)).result as { result: Noticed };
    expect(without.result.mw).toEqual([false, 'undefined', false]);
    expect(seen.result.mw).toEqual([true, 'undefined', false]);
    const { get, set, defineProperty, getOwnPropertyDescriptor = 0, ownKeys = 0, ...others } = seen.result.traps;
    const before = without.result.traps;
    expect({ get, set, defineProperty }).toEqual({
      get: before['get'],
      set: before['set'],
      defineProperty: before['defineProperty'],
    });
    expect(getOwnPropertyDescriptor - (before['getOwnPropertyDescriptor'] ?? 0)).toBeLessThanOrEqual(8);
    expect(ownKeys - (before['ownKeys'] ?? 0)).toBe(1);
    expect(others).toEqual({ getPrototypeOf: 2 });
  });

  it('is not silenced by a page that clears every timer there may be', async () => {
    const { world } = twins;
    await world.browser.page.goto(`${world.wiki.url}${PAGE}&timers=1`);
    await world.browser.page.waitFor(READY);
    const submit = (tag: string) => `mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${tag}'`)})`;
    const clear = 'for (let timer = setTimeout(() => {}); timer > 0; timer--) clearTimeout(timer);';
    await world.browser.page.evaluate(
      `(() => { ${submit('cleared')}; ${clear} globalThis.cleared = performance.now(); })()`,
    );
    await world.browser.page.waitFor('performance.now() - cleared > 1100');
    await world.browser.page.evaluate(submit('next'));
    const records = await world.until('both calls', all => all.some(({ event }) => tagOf(event) === 'next'));
    expect(records.map(({ event }) => tagOf(event))).toContain('cleared');
  });

  it('takes no record from a page that forges what it can see, and is not flooded out', async () => {
    const path = `${PAGE}&forge=1`;
    const { world } = twins;
    const other = await world.browser.newPage();
    await other.goto(`${world.wiki.url}wiki/Blank?other=1`);
    await other.waitFor(READY);
    const script = `
      const seen = [], note = (...things) => { for (const thing of things) { const text = typeof thing === 'string' ? thing : thing?.data ?? thing?.detail ?? thing?.type; if (text !== undefined) seen.push(String(text)); } };
      for (const [object, key] of [[EventTarget.prototype, 'addEventListener'], [EventTarget.prototype, 'dispatchEvent'], [EventTarget.prototype, 'removeEventListener'],
        [MessagePort.prototype, 'postMessage'], [window, 'postMessage'], [BroadcastChannel.prototype, 'postMessage'], [JSON, 'stringify'], [JSON, 'parse'],
        [String.prototype, 'split'], [String.prototype, 'slice'], [RegExp.prototype, 'exec'], [Array.prototype, 'push'], [Function.prototype, 'call'], [Function.prototype, 'apply']]) {
        const original = object[key];
        object[key] = function (...args) { if (!noting) return Reflect.apply(original, this, args); noting = false; note(...args); noting = true; return Reflect.apply(original, this, args); };
      }
      let noting = true;
      const HANDOVER = 'metrics-platform-inspector';
      for (const type of [HANDOVER, HANDOVER + '>', HANDOVER + '<', 'message', '>', '<']) window.addEventListener(type, event => note('heard ' + event.type, event), true);
      for (let i = 0; i < 300; i++) mw.eventLog.submit('wiki.rare', { i });
      noting = false;
      const ours = seen.filter(text => /"kind"|"seq"|^\\d+ \\d+\\n/.test(text));
      const fact = seq => JSON.stringify({ kind: 'call', seq, at: Date.now(), client: 'event-logging', api: 'submit', seen: 'accepted', stream: 'forged', event: {} });
      const lies = [fact(1), '1 0\\n' + fact(1), '400 0\\n' + fact(400), 'listen', 'stop', 'detach', 'replay', 'rules {}'];
      const channel = new MessageChannel();
      let prevented = 0, heard = 0;
      channel.port1.onmessage = () => heard++;
      for (const target of [window, document]) {
        if (!target.dispatchEvent(new MessageEvent(HANDOVER, { cancelable: true, data: '1', ports: [channel.port2] }))) prevented++;
      }
      const types = [HANDOVER, '1>', '1<', 'message', ...new Set(seen.map(text => text.slice(0, 60)))].slice(0, 40);
      for (let i = 0; i < 100; i++) for (const lie of lies) {
        channel.port1.postMessage(lie);
        window.postMessage(lie, '*');
        window.dispatchEvent(new CustomEvent(types[i % types.length], { detail: lie }));
        window.dispatchEvent(new MessageEvent(types[i % types.length], { data: lie }));
      }
      for (const lie of lies) { frames[0]?.postMessage(lie, '*'); new BroadcastChannel(HANDOVER).postMessage(lie); }
      const runtime = [typeof globalThis.browser, typeof globalThis.chrome?.runtime?.sendMessage];
      mw.eventLog.submit('wiki.page_visit', ${eventSource(`'after the flood'`)});
      return { ours, prevented, heard, runtime };`;
    const { result } = (await twins.with(path, script)).result as { result: unknown };
    expect(result).toEqual({ ours: [], prevented: 0, heard: 0, runtime: ['undefined', 'undefined'] });
    const records = await world.until('the call after the flood', all =>
      all.some(({ event }) => tagOf(event) === 'after the flood'),
    );
    expect(records.filter(({ stream }) => stream === 'forged')).toEqual([]);
    expect((await own(path)).length).toBe(301);
    await other.evaluate(`mw.eventLog.submit('wiki.page_visit', ${eventSource(`'other'`)})`);
    const panel = await other.panelPage();
    const theirs = await panel.waitFor<Record[]>(`inspector.records().length > 0 && inspector.records()`);
    expect(theirs.map(({ event }) => tagOf(event))).toEqual(['other']);
    await panel.close();
    await other.close();
  });
});
