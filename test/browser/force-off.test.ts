/** After "everything off" the page is as if the extension had never been there. */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Page } from '../../src/cli/browsers/types.ts';
import { METRIC } from '../../src/overrides/carrier.ts';
import type { Rule } from '../../src/record/override.ts';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

const RULES: Rule[] = [
  { stream: 'wiki.rare', sample: 'in' },
  { instrument: 'wiki-rare', sample: 'in' },
  { schema: 'Test', sample: 'in' },
  { population: 'session', sample: 'in' },
  { session: '00000000c0ffee00c0ff' },
  { pageview: '00000000c0ffee00c0ff' },
  { experiment: 'wiki-nobody', group: 'treatment', as: 'enrolled' },
  { experiment: 'wiki-palette', group: 'blue', as: 'mpo' },
  { config: 'new.stream', value: {} },
  { exposures: 'clear' },
  { cookies: 'off' },
  { hasty: 'off' },
];

/** Every header that a page can choose, or that follows from what it is; not those of the connection and its cache. */
const HEADERS = ['content-type', 'accept', 'origin', 'referer', 'x-requested-with', 'x-client-ip', 'authorization'];

interface Asked {
  request: IncomingMessage;
}

/** What changes by itself: times, the wiki's port, random ids. */
const TIMES = /\d{4}-\d\d-\d\dT[\d:.]+Z|\b1[67]\d{11}\b|(?<=localhost:)\d+/g;
const IDS = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{20}\b/g;

/** In the order of the text, since requests of the same moment come in any; each id as the number of its appearance. */
function comparable(texts: string[]): string[] {
  const known = new Map<string, string>();
  const named = (id: string): string => {
    const name = known.get(id) ?? `<id ${known.size}>`;
    known.set(id, name);
    return name;
  };
  const shape = (text: string) => text.replace(IDS, '<id>');
  return texts
    .map(text => text.replace(TIMES, '<time>'))
    .sort((a, b) => (shape(a) < shape(b) ? -1 : 1))
    .map(text => text.replace(IDS, named));
}

describe.each(BROWSERS)('%s', name => {
  let world: World;
  const asked: IncomingMessage[] = [];
  const note = (message: unknown) => asked.push((message as Asked).request);
  beforeAll(async () => {
    subscribe('http.server.request.start', note);
    world = await openWorld(name, {}, { lingerSeconds: 600 });
  });
  afterAll(async () => {
    unsubscribe('http.server.request.start', note);
    await world.close();
  });

  const TOUR_DONE = `document.documentElement.dataset.tour === 'done'`;

  /** Visits the tour and leaves it; what that asked of the server. */
  async function visit(page: Page) {
    const { wiki } = world;
    await page.goto(`${wiki.url}wiki/Blank?clients=0`);
    wiki.clearReceived();
    asked.length = 0;
    await page.goto(`${wiki.url}wiki/Tour`);
    await page.waitFor(TOUR_DONE);
    await page.goto(`${wiki.url}wiki/Blank?clients=0&last=1`);
    const last = await page.evaluate<string[]>(
      `fetch('/_wiki/received').then(() => document.cookie.split('; ').map(cookie => cookie.split('=')[0]).sort())`,
    );
    let count = -1;
    await until('all events to arrive', async () => {
      const before = count;
      count = wiki.received.length;
      await page.evaluate(`fetch('/_wiki/received').then(() => null)`);
      return count > 0 && before === count;
    });
    const requests = asked
      .filter(
        ({ url = '' }) =>
          !url.startsWith('/_wiki/') &&
          url !== '/favicon.ico' &&
          !url.startsWith('/schemas/') &&
          !url.startsWith('/w/api.php'),
      )
      .map(({ method, url, headers }) => {
        const own = HEADERS.map(header => `${header}: ${String(headers[header] ?? '')}`);
        const cookies = String(headers.cookie ?? '').replace(/=[^;]*/g, '');
        return [`${method} ${url}`, ...own, `cookies: ${cookies}`].join('\n');
      });
    const bodies = wiki.received.map(({ method, url, body }) => `${method} ${url}\n${body}`);
    return { cookies: last, requests: comparable([...requests, ...bodies]) };
  }

  async function visitWithout() {
    const plain = await openBrowser({ browser: name });
    try {
      return await visit(plain.page);
    } finally {
      await plain.close();
    }
  }

  it('a page asks for the same, and has the same cookies, as without the extension', async () => {
    const first = await visitWithout();
    const second = await visitWithout();
    expect(second).toEqual(first);
    expect(first.requests.length).toBeGreaterThan(20);
    const { page } = world.browser;
    await world.override({ rules: RULES, policy: 'hold-forced' });
    await page.goto(`${world.wiki.url}wiki/Tour`);
    await page.waitFor(TOUR_DONE);
    await world.override(null);
    const after = await visit(page);
    expect(after).toEqual(first);
  });

  it('pages that a cache keeps carry nothing of a rule, in the same tab and in a new one', async () => {
    const { browser } = world;
    const statuses: number[] = [];
    const server = createServer((request, response) => answer(request, response, statuses));
    const base = await listen(server);
    try {
      const look = async (page: Page, path: string) => {
        await page.goto(base + path);
        return page.evaluate(`({
          carried: (performance.getEntriesByType('navigation')[0].serverTiming ?? []).map(({ name }) => name),
          cookies: navigator.cookieEnabled,
        })`);
      };
      const PATHS = ['max-age', 'etag'];
      await world.override({ rules: [{ cookies: 'off' }], policy: 'hold-forced' });
      for (const path of PATHS) {
        expect(await look(browser.page, path)).toEqual({ carried: [METRIC], cookies: false });
        expect(await look(browser.page, path)).toEqual({ carried: [METRIC], cookies: false });
      }
      await world.override(null);
      for (const path of PATHS) {
        expect(await look(browser.page, path)).toEqual({ carried: [], cookies: true });
        expect(await look(browser.page, path)).toEqual({ carried: [], cookies: true });
      }
      const other = await browser.newPage();
      for (const path of PATHS) expect(await look(other, path)).toEqual({ carried: [], cookies: true });
      await other.close();
      expect(statuses).toContain(304);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

function answer({ url, headers }: IncomingMessage, response: ServerResponse, statuses: number[]): void {
  const isFresh = url === '/etag' && headers['if-none-match'] === '"1"';
  const caching = url === '/etag' ? { etag: '"1"', 'cache-control': 'no-cache' } : { 'cache-control': 'max-age=3600' };
  statuses.push(isFresh ? 304 : 200);
  response.writeHead(isFresh ? 304 : 200, { 'content-type': 'text/html', ...caching });
  response.end(isFresh ? undefined : '<!DOCTYPE html><title>Kept</title>');
}

function listen(server: Server): Promise<string> {
  return new Promise(resolve =>
    server.listen(0, '127.0.0.1', () => resolve(`http://localhost:${(server.address() as AddressInfo).port}/`)),
  );
}
