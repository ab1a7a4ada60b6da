import { beforeEach, describe, expect, test, vi } from 'vitest';
import { hash } from '../../../src/record/hash.ts';
import type { Note } from '../../../src/record/facts.ts';
import { FakeBrowser, type FakePort } from './fake-browser.ts';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
  browser.tabs.set(7, { url: '' });
  browser.start();
});

const URL = 'https://intake/v1/events';
const details = (request: string, extra: object = {}) => ({
  requestId: request,
  tabId: 7,
  frameId: 2,
  type: 'ping',
  method: 'POST',
  url: URL,
  timeStamp: 5.5,
  ...extra,
});
const bytes = (text: string) => new TextEncoder().encode(text).buffer;
const requestOf = (note: Note) => ('request' in note ? note.request : null);
const notesOf = (port: FakePort) =>
  port.received.filter(message => message.type === 'notes').flatMap(message => message['notes'] as Note[]);

async function connectedPanel(): Promise<FakePort> {
  const panel = browser.connectPanel(7);
  await vi.waitFor(() => expect(panel.received.map(message => message.type)).toContain('override'));
  await new Promise(resolve => setTimeout(resolve));
  return panel;
}

describe('notes', () => {
  test('say what became of a request, at once', async () => {
    const panel = await connectedPanel();
    browser.emit('webRequest.onBeforeRequest', details('1', { requestBody: { raw: [{ bytes: bytes('{"ä":1}') }] } }));
    browser.emit('webRequest.onHeadersReceived', details('1', { statusCode: 202 }));
    browser.emit('webRequest.onErrorOccurred', details('2', { error: 'net::ERR_BLOCKED_BY_CLIENT' }));
    const seen = { frame: 2, type: 'ping', url: URL, at: 5.5 };
    await vi.waitFor(() =>
      expect(notesOf(panel)).toEqual([
        { kind: 'request', request: '1', hash: hash('{"ä":1}'), carries: true, ...seen },
        { kind: 'status', request: '1', status: 202, ...seen },
        { kind: 'error', request: '2', error: 'net::ERR_BLOCKED_BY_CLIENT', ...seen },
      ]),
    );
  });

  test.each([
    [
      'a body in pieces that split a character',
      { raw: [{ bytes: bytes('ä').slice(0, 1) }, { bytes: bytes('ä').slice(1) }] },
      hash('ä'),
    ],
    ['a Blob in Chromium', { error: 'Unknown error.' }, null],
    ['a form', { formData: { a: ['b'] } }, null],
    ['a file', { raw: [{ file: 'some/file' }] }, null],
    ['no body', undefined, null],
  ])('know %s', async (_, requestBody, expected) => {
    const panel = await connectedPanel();
    browser.emit('webRequest.onBeforeRequest', details('1', { requestBody }));
    await vi.waitFor(() => expect(notesOf(panel)).toMatchObject([{ hash: expected }]));
  });

  test('are not made of preflights and of requests without a tab', async () => {
    const panel = await connectedPanel();
    browser.emit('webRequest.onHeadersReceived', details('1', { method: 'OPTIONS', statusCode: 204 }));
    browser.emit('webRequest.onHeadersReceived', details('2', { tabId: -1, statusCode: 204 }));
    browser.emit('webRequest.onHeadersReceived', details('3', { statusCode: 204 }));
    await vi.waitFor(() => expect(notesOf(panel).map(requestOf)).toEqual(['3']));
  });
});

describe('without a panel', () => {
  test('notes wait for one, also over stops, and none comes twice or out of order', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => String(index));
    for (const id of ids.slice(0, 100)) browser.emit('webRequest.onBeforeRequest', details(id));
    await vi.waitFor(() => expect(browser.stored['notes:7']).toHaveLength(100));
    expect(browser.writes).toBeLessThan(10);
    browser.stop();
    browser.start();
    for (const id of ids.slice(100, 200)) browser.emit('webRequest.onBeforeRequest', details(id));
    const panel = browser.connectPanel(7);
    for (const id of ids.slice(200)) {
      browser.emit('webRequest.onBeforeRequest', details(id));
      await new Promise(resolve => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(notesOf(panel).map(requestOf)).toEqual(ids));
  });

  test('each panel of the tab has them all, the one that opens second and the one that opens after it too', async () => {
    const receive = (id: string) => browser.emit('webRequest.onHeadersReceived', details(id, { statusCode: 202 }));
    receive('before');
    const has = (panel: FakePort, ...ids: string[]) =>
      vi.waitFor(() => expect(notesOf(panel).map(requestOf)).toEqual(ids));
    const first = await connectedPanel();
    receive('one');
    const second = await connectedPanel();
    receive('two');
    await has(first, 'before', 'one', 'two');
    await has(second, 'before', 'one', 'two');
    first.disconnect();
    second.disconnect();
    receive('none');
    await has(await connectedPanel(), 'before', 'one', 'two', 'none');
  });

  test('only the newest 1,000 are kept, and fewer of long ones', async () => {
    for (let i = 0; i < 1200; i++)
      browser.emit('webRequest.onHeadersReceived', details(String(i), { statusCode: 202 }));
    await vi.waitFor(() => expect((browser.stored['notes:7'] as Note[]).map(requestOf).at(-1)).toBe('1199'));
    expect(browser.stored['notes:7']).toHaveLength(1000);
    const url = `${URL}?${'x'.repeat(20_000)}`;
    for (let i = 0; i < 100; i++)
      browser.emit('webRequest.onHeadersReceived', details(`l${i}`, { url, statusCode: 202 }));
    await vi.waitFor(() => expect((browser.stored['notes:7'] as Note[]).map(requestOf).at(-1)).toBe('l99'));
    expect(JSON.stringify(browser.stored['notes:7']).length).toBeLessThan(260_000);
  });

  test('they go with their tab, also those that come after it', async () => {
    browser.emit('webRequest.onBeforeRequest', details('1'));
    await vi.waitFor(() => expect(browser.stored['notes:7']).toBeDefined());
    browser.closeTab(7);
    await vi.waitFor(() => expect(browser.stored['notes:7']).toBeUndefined());
    browser.emit('webRequest.onHeadersReceived', details('1', { statusCode: 202 }));
    await vi.waitFor(() => expect(browser.stored['notes:7']).toBeDefined());
    browser.stop();
    browser.start();
    await vi.waitFor(() => expect(browser.stored).toEqual({}));
  });
});
