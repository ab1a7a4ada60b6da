/** Pages that no rule reaches are named in the panel, each with its reason; all others obey. */

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

const PLAIN = 'unforced.local.wmftest.net';
const OPTIONS = {
  switches: ['--host-resolver-rules=MAP *.local.wmftest.net 127.0.0.1'],
  preferences: { 'network.dns.localDomains': PLAIN },
};

/** `navigator.cookieEnabled` is what the rule of this test changes; frames write it where the driver can read it. */
const ASK = `onmessage = () => 0; parent.postMessage({ frame: FRAME, cookies: navigator.cookieEnabled }, '*')`;
const script = (frame: string) => `<script>${ASK.replace('FRAME', `'${frame}'`)}</script>`;
const FRAMES = `<!DOCTYPE html><script>
  window.said = {};
  addEventListener('message', ({ data }) => { said[data.frame] = data.cookies; });
</script>
<iframe sandbox="allow-scripts" srcdoc="${script('sandboxed').replaceAll('"', '&quot;')}"></iframe>
<iframe src="data:text/html,${encodeURIComponent(script('data'))}"></iframe>
<iframe sandbox="allow-scripts" src="/frame"></iframe>
<iframe srcdoc="${script('srcdoc').replaceAll('"', '&quot;')}"></iframe>`;
/** Asked by the page itself, as its first thing: later the background's message has come. */
const PLAIN_PAGE = '<!DOCTYPE html><title>Page</title><script>first = navigator.cookieEnabled</script>';
/** Answers each page itself, with what the server says. */
const WORKER = `addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => { if (event.request.mode === 'navigate') event.respondWith(fetch(event.request.url)); });`;
const REGISTER = `navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => true)`;

const PAGES: { [path: string]: { body: string; headers?: { [name: string]: string }; type?: string } } = {
  '/frames': { body: FRAMES },
  '/frame': { body: `<!DOCTYPE html>${script('with a response')}` },
  '/csp': { body: PLAIN_PAGE, headers: { 'content-security-policy': "connect-src 'none'" } },
  '/plain': { body: PLAIN_PAGE },
  '/policy': { body: PLAIN_PAGE, headers: { 'permissions-policy': 'sync-xhr=()' } },
  '/worker.js': { body: WORKER, type: 'text/javascript' },
};

function answer(path: string, response: ServerResponse): void {
  const page = PAGES[path];
  response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/html', ...page?.headers });
  response.end(page?.body);
}

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let server: Server;
  let port = 0;
  beforeAll(async () => {
    world = await openWorld(name, OPTIONS);
    await world.panel.click('#tab-overrides');
    server = createServer(({ url = '' }, response) => answer(url, response));
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await world.close();
  });

  const override = () => world.override({ rules: [{ cookies: 'off' }], policy: 'hold-forced' });
  /** What the panel names, as `reason address`. */
  const named = () =>
    world.panel.evaluate<string[]>(
      `[...document.querySelectorAll('.unforced li')].map(item => item.querySelector('[data-reason]').dataset.reason + ' ' + item.querySelector('bdi').innerText).sort()`,
    );
  const visit = async (host: string, path: string) => {
    await world.browser.page.goto(`http://${host}:${port}${path}`);
    return world.browser.page.evaluate<boolean>('globalThis.first ?? null');
  };

  it('names frames without an origin and a response of their own', async () => {
    await override();
    await visit('localhost', '/frames');
    const said = await world.browser.page.waitFor<{ [frame: string]: boolean }>(
      'Object.keys(window.said ?? {}).length === 4 && said',
    );
    expect(said).toEqual({ sandboxed: true, data: true, srcdoc: false, 'with a response': false });
    await until('both to be named', async () => (await named()).length === 2);
    expect((await named()).map(text => text.slice(0, 18))).toEqual(['opaque about:srcdo', 'opaque data:text/h']);
    await world.override(null);
    expect(await named()).toEqual([]);
  });

  it('names a page whose Content-Security-Policy forbids to ask, where no response is read', async () => {
    await override();
    expect(await visit(PLAIN, '/plain')).toBe(false);
    expect(await visit(PLAIN, '/csp')).toBe(name === 'firefox');
    if (name === 'firefox') {
      await until('the page to be named', async () => (await named()).length === 1);
      expect(await named()).toEqual([`connect-src ${PLAIN}:${port}/csp`]);
    }
    expect(await visit('localhost', '/csp')).toBe(false);
    await until('nothing to be named', async () => (await named()).length === 0);
    await world.override(null);
  });

  it('names a page of a service worker whose Permissions-Policy forbids to ask', async () => {
    await visit('localhost', '/plain');
    await world.browser.page.evaluate(REGISTER);
    await override();
    expect(await visit('localhost', '/plain')).toBe(false);
    expect(await visit('localhost', '/policy')).toBe(name === 'chromium');
    if (name === 'chromium') {
      await until('the page to be named', async () => (await named()).length === 1);
      expect(await named()).toEqual([`sync-xhr localhost:${port}/policy`]);
    }
    await world.override(null);
  });
});
