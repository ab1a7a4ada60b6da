import { beforeEach, expect, test, vi } from 'vitest';
import { FakeBrowser, type FakePort } from './fake-browser.ts';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
  browser.tabs.set(7, { url: 'https://some.wiki/Main' }).set(8, { url: 'https://other.wiki/' });
  browser.start();
});

const GRANT = { origins: ['https://some.wiki/*'] };
function grant(): void {
  browser.origins.add('https://some.wiki/*');
  browser.emit('permissions.onAdded', GRANT);
}

test('a granted host is watched from now on, in its open tabs too', async () => {
  grant();
  await vi.waitFor(() =>
    expect(browser.injected).toEqual([
      { tab: 7, file: 'relay.js' },
      { tab: 7, file: 'page.js' },
    ]),
  );
  expect(browser.scripts).toMatchObject([
    { js: ['relay.js'], world: 'ISOLATED', matches: GRANT.origins, persistAcrossSessions: true },
    { js: ['page.js'], world: 'MAIN', matches: GRANT.origins, allFrames: true, runAt: 'document_start' },
  ]);
});

test('a host that is no longer granted is not watched', async () => {
  grant();
  await vi.waitFor(() => expect(browser.scripts).toHaveLength(2));
  browser.origins.delete('https://some.wiki/*');
  browser.emit('permissions.onRemoved', GRANT);
  await vi.waitFor(() => expect(browser.scripts).toEqual([]));
});

test('an open page of a host that is no longer granted is left alone, also after a stop of the background', async () => {
  const of = (port: FakePort) => port.received.map(({ type }) => type);
  const hello = { type: 'hello', load: 'a', url: 'https://some.wiki/Main' };
  grant();
  const granted = browser.connectRelay(7, 0, 'https://some.wiki/Main');
  const builtIn = browser.connectRelay(9);
  for (const port of [granted, builtIn]) port.postMessage(hello);
  await vi.waitFor(() => expect([of(granted), of(builtIn)]).toEqual(Array(2).fill(['listen', 'rules'])));
  browser.origins.delete('https://some.wiki/*');
  browser.emit('permissions.onRemoved', GRANT);
  await vi.waitFor(() => expect(of(granted)).toEqual(['listen', 'rules', 'detach']));
  browser.stop();
  browser.start();
  const again = browser.connectRelay(7, 0, 'https://some.wiki/Main');
  again.postMessage(hello);
  await vi.waitFor(() => expect(of(again)).toEqual(['detach']));
  expect(of(builtIn)).toEqual(['listen', 'rules']);
});

test('grants that changed while the background was stopped are put right', async () => {
  browser.stop();
  browser.origins.add('https://some.wiki/*');
  browser.start();
  await vi.waitFor(() => expect(browser.scripts).toHaveLength(2));
  browser.stop();
  browser.origins.add('https://other.wiki/*');
  browser.start();
  await vi.waitFor(() => expect(browser.scripts[0]?.matches).toEqual(['https://some.wiki/*', 'https://other.wiki/*']));
  expect(browser.scripts).toHaveLength(2);
});

test('the script that asks for rules exists only while a tab has some', async () => {
  const override = { rules: [], policy: 'deliver', until: Date.now() + 60_000 };
  await browser.ask({ request: 'override.set', tab: 7, override });
  expect(browser.scripts).toMatchObject([{ js: ['rules.js'], matches: ['https://*.wikipedia.org/*'] }]);
  await browser.ask({ request: 'override.clear', tab: 7 });
  expect(browser.scripts).toEqual([]);
});

test('the state of a host is told, whatever its port', async () => {
  const ask = (origin: unknown) => browser.ask({ request: 'host.state', origin });
  expect(await ask('https://some.wiki:8080')).toBe('missing');
  grant();
  expect(await ask('https://some.wiki:8080')).toBe('granted');
  for (const origin of ['file:///etc', 'nonsense', 5, null]) {
    expect(await ask(origin)).toEqual({ error: expect.stringContaining('no http or https origin') });
  }
});
