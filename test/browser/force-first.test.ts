/**
 * Rules are there before the first script of the page, whatever else the network rules do for the tab. Asked by that
 * script itself: clients come later, and by then the background's message has made good what the response did not bring.
 */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Override, Rule } from '../../src/record/override.ts';
import { BROWSERS, openWorld, report, times, type World } from './support/world.ts';

const LOADS = times(1, 50);

/** On the manifest's list, not a secure context, and here without a name server. */
const plainHost = (load: number) => `first-${load}.local.wmftest.net`;
const OPTIONS = {
  switches: ['--host-resolver-rules=MAP *.local.wmftest.net 127.0.0.1'],
  preferences: { 'network.dns.localDomains': Array.from({ length: LOADS }, (_, load) => plainHost(load)).join() },
};

/** `navigator.cookieEnabled` is what the rule of this test changes. */
const NO_COOKIES: Rule = { cookies: 'off' };
const MPO: Rule[] = [
  { experiment: 'wiki-nobody', group: 'treatment', as: 'mpo' },
  { experiment: 'Wiki_1.2', group: 'a', as: 'mpo' },
];
const QUERY = `mpo=${encodeURIComponent('wiki-nobody:treatment;Wiki_1.2:a')}`;
/** An intake where nobody listens. */
const TARGET = 'http://localhost:9/v1/events';

const ASK = `<script>globalThis.first = navigator.cookieEnabled</script>`;
const PAGE = `<!DOCTYPE html><title>First</title>${ASK}<iframe src="/frame"></iframe>`;
const TOLD = `[first, frames[0].first, new URLSearchParams(location.search).getAll('mpo')]`;

const CASES: { name: string; query: string; rules?: Rule[]; override: Pick<Override, 'policy' | 'target'> }[] = [
  { name: 'hold-forced', query: '', override: { policy: 'hold-forced' } },
  { name: 'hold-all', query: '', override: { policy: 'hold-all' } },
  { name: 'redirect', query: '', override: { policy: 'redirect', target: TARGET } },
  { name: 'mpo', query: '', rules: MPO, override: { policy: 'hold-forced' } },
  { name: 'mpo, there already', query: `?${QUERY}&tag=1`, rules: MPO, override: { policy: 'hold-forced' } },
  {
    name: 'mpo, another',
    query: '?mpo=wiki-palette:blue',
    rules: MPO,
    override: { policy: 'redirect', target: TARGET },
  },
];

describe.each(BROWSERS)('%s', browser => {
  let world: World;
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    world = await openWorld(browser, OPTIONS);
    server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(PAGE);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await world.close();
  });

  it.each(CASES)('$name', async ({ name, query, rules = [], override }) => {
    const { page } = world.browser;
    await world.override({ rules: [NO_COOKIES, ...rules], ...override });
    const mpo = rules.length > 0 ? ['wiki-nobody:treatment;Wiki_1.2:a'] : [];
    let obeyed = 0;
    for (let load = 0; load < LOADS; load++) {
      for (const host of ['localhost', `f${load}.localhost`, plainHost(load)]) {
        await page.goto(`http://${host}:${port}/${query}`);
        const told = await page.evaluate(TOLD);
        expect(told, `load ${load} at ${host}`).toEqual([false, false, mpo]);
        obeyed += 1;
      }
    }
    report({ cell: 'force-first', browser, case: name, loads: LOADS * 3, obeyed });
    await world.override(null);
  });
});
