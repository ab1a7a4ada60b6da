/** Two browsers of one kind on one wiki, one with the extension and one without: what a page does is to be the same. */

import { openBrowser } from '../../../src/cli/browsers/open.ts';
import type { Browser, BrowserName, Page } from '../../../src/cli/browsers/types.ts';
import { openWorld, type World } from './world.ts';

/** What a page did: what its script answered, and what arrived at the server, in the order of its text. */
export interface Outcome {
  result: unknown;
  arrived: string[];
}

export interface Twins {
  world: World;
  /** Loads a page without the extension and runs a script in it. */
  without(path: string, script: string): Promise<Outcome>;
  /** The same with the extension, and with a panel that listens. */
  with(path: string, script: string): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Runs in the page before the script, over whatever the hook has put there: chance and time stand still, no queue
 * empties by itself, storage is empty, beacons to an intake are counted. `show` tells a value without asking it anything that could run code of its own; `settle` empties the queues, and
 * waits until all beacons have arrived, since a browser takes only 64 KiB of them at a time.
 */
const PREPARE = `
  const Time = Date, Noon = 1_700_000_000_000, { sendBeacon } = Navigator.prototype;
  globalThis.Date = class Date extends Time {
    constructor(...args) { if (args.length) super(...args); else super(Noon); }
    static now() { return Noon; }
  };
  let chance = 0;
  const bytes = list => list.map(() => chance = (chance * 1103515245 + 12345) % 2147483648);
  crypto.getRandomValues = list => (list.set(bytes(Array.from(list))), list);
  crypto.randomUUID = () => '00000000-0000-4000-8000-' + String(bytes([0])[0]).padStart(12, '0');
  Math.random = () => bytes([0])[0] / 2147483648;
  const { setTimeout } = globalThis;
  globalThis.setTimeout = (run, delay, ...args) => delay >= 1000 ? 0 : setTimeout(run, delay, ...args);
  for (let timer = setTimeout(() => {}); timer > 0; timer--) clearTimeout(timer);
  localStorage.clear();
  sessionStorage.clear();
  let sent = 0, errors = [];
  Navigator.prototype.sendBeacon = function (...args) {
    const taken = Reflect.apply(sendBeacon, this, args);
    if (taken && /\\/(events|event)(\\?|$)/.test(String(args[0]))) sent++;
    return taken;
  };
  addEventListener('error', event => { errors.push(String(event.message)); event.preventDefault(); });
  addEventListener('unhandledrejection', event => { errors.push('unhandled ' + event.reason); event.preventDefault(); });
  const show = value => {
    const type = value === null ? 'null' : typeof value;
    if (type === 'string' || type === 'number' || type === 'boolean') return value;
    return type === 'object' || type === 'function'
      ? type + ' ' + Reflect.ownKeys(value).map(String).join() : type;
  };
  const attempt = run => {
    try { return show(run()); } catch (error) { return 'threw ' + show(error) + ' ' + (error?.message ?? error); }
  };
  const { fetch } = globalThis;
  const settle = async () => {
    for (let i = 0; i < 60; i++) { dispatchEvent(new Event('pagehide')); dispatchEvent(new Event('pageshow')); }
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.hidden;
    for (let arrived = 0, end = performance.now() + 20_000; arrived < sent; ) {
      const all = await (await fetch('/_wiki/received')).json();
      arrived = all.filter(({ url }) => !url.includes('by=')).length;
      if (performance.now() > end) throw new Error(arrived + ' of ' + sent + ' beacons have arrived');
    }
  };`;

/** Ready for a script: the clients are there with their stream configs, and so is the subscriber of tracked events. */
const READY = `new Promise(resolve => {
  const expected = document.documentElement.dataset.clients === 'ready' || location.search.includes('clients=0');
  const fetched = (globalThis.metricsClient?.state ?? 2) === 2;
  if (!expected || !fetched || document.readyState !== 'complete') resolve(false);
  else requestIdleCallback(() => setTimeout(() => resolve(true)));
})`;

export async function openTwins(name: BrowserName): Promise<Twins> {
  const world = await openWorld(name, {}, { lingerSeconds: 600 });
  const { wiki } = world;
  let plain: Browser;
  try {
    plain = await openBrowser({ browser: name });
  } catch (error) {
    await world.close();
    throw error;
  }

  async function run(page: Page, path: string, script: string): Promise<Outcome> {
    await page.goto(wiki.url + path);
    await page.waitFor(READY, undefined, { what: `the clients of ${path}` });
    // What the page itself has queued by now, or has not, hangs on how long it took to load.
    await page.evaluate(`(async () => { ${PREPARE}\nawait settle(); })()`);
    wiki.clearReceived();
    const result = await page.evaluate(
      `(async () => { ${PREPARE}\nconst result = await (async () => { ${script}\n})();\nawait settle();\nreturn { result, errors }; })()`,
    );
    const arrived = wiki.received.map(
      ({ url, method, contentType, body }) => `${method} ${url} ${contentType}\n${body}`,
    );
    return { result, arrived: arrived.sort() };
  }

  return {
    world,
    without: (path, script) => run(plain.page, path, script),
    with: (path, script) => run(world.browser.page, path, script),
    async close() {
      await plain.close();
      await world.close();
    },
  };
}
