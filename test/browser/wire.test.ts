/** Every way of an event to an intake, from pages, frames and workers, known to a client or not: one record each. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Record } from '../../src/record/record.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, type World } from './support/world.ts';

const HASTY = '/v1/events?hasty=true';

/** Bodies of two events, as source; what they carry is told by the tag. */
const two = (tag: string) => `JSON.stringify([{ action_context: '${tag}.1' }, { action_context: '${tag}.2' }])`;
const BODIES: { [name: string]: (text: string) => string } = {
  string: text => text,
  blob: text => `new Blob([${text}], { type: 'text/plain' })`,
  buffer: text => `new TextEncoder().encode(${text}).buffer`,
  view: text => `new DataView(new TextEncoder().encode(${text}).buffer)`,
};
const WAYS: { [name: string]: (body: string) => string } = {
  beacon: body => `navigator.sendBeacon('${HASTY}', ${body})`,
  fetch: body => `fetch(new URL('${HASTY}', location), { method: 'post', body: ${body} }).then(one => one.status)`,
  request: body => `fetch(new Request('${HASTY}', { method: 'POST', body: ${body} })).then(one => one.status)`,
  xhr: body => `new Promise(resolve => {
    const one = new XMLHttpRequest();
    one.open('POST', '${HASTY}');
    one.onloadend = () => resolve(one.status);
    one.send(${body});
  })`,
};
const legacy = (tag: string) =>
  `'/beacon/event?' + encodeURIComponent(JSON.stringify({ action_context: '${tag}', event: {}, schema: 'Test' })) + ';'`;

/** Sends from a frame: the tag alone. */
const beacon = (origin: string, tag: string) =>
  `navigator.sendBeacon('${origin}v1/events?hasty=true', JSON.stringify({ action_context: '${tag}' }))`;

const told = ({ api, frame, event, delivery }: Record) => [
  api,
  frame === 0 ? 'top' : 'frame',
  tagOf(event),
  delivery.state,
];

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
  });
  afterAll(() => world.close());

  const visit = (query: string) => world.browser.page.goto(`${world.wiki.url}wiki/Blank?${query}`);
  const run = <T>(source: string) => world.browser.page.evaluate<T>(source);
  const of = (records: Record[], query: string) => records.filter(({ page }) => page.url.includes(query));
  /** The records with this tag's prefix, as soon as there are as many, all answered. */
  const tagged = async (prefix: string, count: number) => {
    const mine = (records: Record[]) => records.filter(({ event }) => tagOf(event)?.startsWith(prefix));
    const all = await world.until(
      `${count} answered records of ${prefix}`,
      records => mine(records).length >= count && mine(records).every(({ delivery }) => delivery.state === 'answered'),
    );
    return mine(all);
  };

  it('each way, with each body, is one record for each event', async () => {
    await visit('clients=0&ways');
    const expected: Json[] = [];
    for (const [way, send] of Object.entries(WAYS)) {
      for (const [body, make] of Object.entries(BODIES)) {
        // Of a Request's body the page's side is left alone, and Chromium's network layer has no Blob.
        if (way === 'request' && body === 'blob' && name === 'chromium') continue;
        await run(send(make(two(`way.${way}.${body}`))));
        const api = way === 'request' ? 'fetch' : way;
        for (const i of [1, 2]) expected.push([api, 'top', `way.${way}.${body}.${i}`, 'answered']);
      }
    }
    const records = await tagged('way.', expected.length);
    expect(records.map(told).sort()).toEqual(expected.sort());
    expect(of(await world.records(), 'clients=0&ways')).toHaveLength(expected.length);
  });

  it('a legacy beacon, by whatever way, has its event in the URL', async () => {
    await visit('clients=0&legacy');
    await run(`navigator.sendBeacon(${legacy('legacy.beacon')})`);
    await run(`fetch(${legacy('legacy.fetch')}).then(one => one.status)`);
    await run(`void (new Image().src = ${legacy('legacy.src')})`);
    await run(`document.body.insertAdjacentHTML('beforeend', '<img src="' + ${legacy('legacy.parsed')} + '">')`);
    await run(`document.createElement('img').setAttribute('src', ${legacy('legacy.attribute')})`);
    const records = await tagged('legacy.', 5);
    expect(records.map(told).sort()).toEqual(
      [
        ['beacon', 'top', 'legacy.beacon', 'answered'],
        ['fetch', 'top', 'legacy.fetch', 'answered'],
        ['image', 'top', 'legacy.attribute', 'answered'],
        ['image', 'top', 'legacy.parsed', 'answered'],
        ['image', 'top', 'legacy.src', 'answered'],
      ].sort(),
    );
    expect(of(await world.records(), 'clients=0&legacy')).toHaveLength(5);
  });

  it('a worker’s requests are records of its page, told by the network layer alone', async () => {
    await visit('clients=0&workers');
    const ask = (worker: string, way: string, body: string) => {
      const source = JSON.stringify(WAYS[way]?.(body).replace('location', 'self.location'));
      return `new Promise((resolve, reject) => {
        const worker = ${worker}, port = worker.port ?? worker;
        worker.onerror = reject;
        port.onmessage = ({ data }) => resolve(data);
        port.postMessage(${source});
      })`;
    };
    expect(await run(ask(`new Worker('/worker.js')`, 'fetch', two('worker.fetch')))).toBe(202);
    expect(await run(ask(`new Worker('/worker.js')`, 'xhr', two('worker.xhr')))).toBe(202);
    expect(await run(ask(`new SharedWorker('/worker.js')`, 'fetch', two('worker.shared')))).toBe(202);
    const records = await tagged('worker.', 6);
    expect(records.map(told).sort()).toEqual(
      ['fetch', 'shared', 'xhr'].flatMap(way => [1, 2].map(i => ['worker', 'top', `worker.${way}.${i}`, 'answered'])),
    );
    expect(records.every(({ client, page }) => client === 'unknown' && page.url.includes('workers'))).toBe(true);
  });

  it('frames of every kind are page loads of their own', async () => {
    await visit('clients=0&frames');
    const { url } = world.wiki;
    const frame = (tag: string, set: (html: string) => string) =>
      run(`(() => {
        const frame = document.createElement('iframe');
        ${set(JSON.stringify(`<script>${beacon(url, `frame.${tag}`)}</script>`))}
      })()`);
    await frame('srcdoc', html => `frame.srcdoc = ${html}; document.body.append(frame);`);
    await frame(
      'sandbox',
      html => `frame.sandbox = 'allow-scripts'; frame.srcdoc = ${html}; document.body.append(frame);`,
    );
    await frame(
      'data',
      html => `frame.src = 'data:text/html,' + encodeURIComponent(${html}); document.body.append(frame);`,
    );
    await frame(
      'blob',
      html =>
        `frame.src = URL.createObjectURL(new Blob([${html}], { type: 'text/html' })); document.body.append(frame);`,
    );
    await frame('write', html => `document.body.append(frame); frame.contentDocument.write(${html});`);
    await run(`(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      return frame.contentWindow.eval(${JSON.stringify(beacon(url, 'frame.blank'))});
    })()`);
    const records = await tagged('frame.', 6);
    expect(records.map(told).sort()).toEqual(
      ['blank', 'blob', 'data', 'sandbox', 'srcdoc', 'write'].map(tag => [
        'beacon',
        'frame',
        `frame.${tag}`,
        'answered',
      ]),
    );
    expect(new Set(records.map(({ page }) => page.load)).size).toBe(6);
  });

  it('what a page sends while it is left, and after it came back from the cache', async () => {
    await visit('clients=0&left');
    await run(`(() => {
      addEventListener('pagehide', () => {
        navigator.sendBeacon('${HASTY}', ${two('left.string')});
        navigator.sendBeacon('${HASTY}', new Blob([${two('left.blob')}]));
      });
      addEventListener('pageshow', ({ persisted }) => {
        if (persisted) navigator.sendBeacon('${HASTY}', ${two('left.back')});
      });
    })()`);
    await visit('clients=0&elsewhere');
    await world.until('the records of the page that was left', records => {
      const left = of(records, 'clients=0&left');
      return left.length >= 2 && left.every(({ delivery }) => delivery.state === 'answered');
    });
    await run(`void history.back()`);
    const back = await tagged('left.back', 2);
    expect(back.every(({ api, frame }) => api === 'beacon' && frame === 0)).toBe(true);
    const all = of(await world.records(), 'clients=0&left').map(({ event }) => tagOf(event));
    expect(all.filter(tag => tag?.startsWith('left.string'))).toHaveLength(2);
    expect(new Set(back.map(({ page }) => page.load)).size).toBe(1);
  });

  it('two equal events stay two records, in one request or two', async () => {
    await visit('equal');
    await world.browser.page.waitFor(READY);
    const same = `{ action_context: 'equal.raw' }`;
    await run(`(() => {
      const event = () => (${eventSource(`'equal.call'`)});
      mw.eventLog.submit('wiki.page_visit', event());
      mw.eventLog.submit('wiki.page_visit', event());
      navigator.sendBeacon('${HASTY}', JSON.stringify([${same}, ${same}]));
      navigator.sendBeacon('${HASTY}', JSON.stringify(${same}));
    })()`);
    await world.panel.evaluate('inspector.flush()');
    expect(await tagged('equal.call', 2)).toHaveLength(2);
    expect(await tagged('equal.raw', 3)).toHaveLength(3);
    const queued = (await world.records()).filter(({ delivery }) => delivery.state === 'queued');
    expect(queued.map(({ id, stream }) => [id, stream])).toEqual([]);
  });

  it.runIf(name === 'chromium')('a prerendered page becomes the top frame’s when it is shown', async () => {
    await visit('clients=0&before');
    await run(`(() => {
      const rules = document.createElement('script');
      rules.type = 'speculationrules';
      rules.textContent = JSON.stringify({ prerender: [{ urls: ['/wiki/Blank?first=shown&linger=1'], eagerness: 'immediate' }] });
      document.head.append(rules);
    })()`);
    const early = await world.until(
      'a record of the page that is not shown',
      records => of(records, 'shown').length > 0,
    );
    expect(of(early, 'shown').every(({ frame }) => frame !== 0)).toBe(true);
    await run(`void (location.href = '/wiki/Blank?first=shown&linger=1')`);
    const late = await world.until('it to be the top frame', records =>
      of(records, 'shown').some(({ frame }) => frame === 0),
    );
    expect(new Set(of(late, 'shown').map(({ page }) => page.load)).size).toBe(1);
  });
});
