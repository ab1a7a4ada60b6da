import { beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeBrowser, type FakePort } from './fake-browser.ts';

let browser: FakeBrowser;
beforeEach(() => {
  browser = new FakeBrowser();
  browser.tabs.set(7, { url: '' }).set(8, { url: '' });
  browser.start();
});

const of = (port: FakePort, type: string) => port.received.filter(message => message.type === type);
const hello = (load: string) => ({ type: 'hello', load, url: 'https://wiki/' });
const facts = (load: string, from: number) => ({
  type: 'facts',
  load,
  url: 'https://wiki/',
  facts: [`{"seq":${from}}`],
});

async function settled(): Promise<void> {
  await browser.ask({ request: 'override.get', tab: 7 });
  for (let i = 0; i < 5; i++) await new Promise(resolve => setImmediate(resolve));
}

describe('facts', () => {
  test('go to the panels of their tab alone, in order, with their frame', async () => {
    const panel = browser.connectPanel(7);
    const other = browser.connectPanel(8);
    const relay = browser.connectRelay(7, 3);
    relay.postMessage(hello('a'));
    for (let i = 1; i <= 100; i++) relay.postMessage(facts('a', i));
    await vi.waitFor(() => expect(of(panel, 'facts')).toHaveLength(100));
    expect(of(panel, 'facts')).toEqual(Array.from({ length: 100 }, (_, i) => ({ ...facts('a', i + 1), frame: 3 })));
    expect(of(other, 'facts')).toEqual([]);
  });

  test('are acknowledged by the panel alone, to the relay of that page load', async () => {
    const first = browser.connectRelay(7, 0);
    const second = browser.connectRelay(7, 1);
    first.postMessage(hello('a'));
    second.postMessage(hello('b'));
    first.postMessage(facts('a', 1));
    await settled();
    expect(of(first, 'ack')).toEqual([]);
    const panel = browser.connectPanel(7);
    panel.postMessage({ type: 'ack', load: 'b', seq: 5 });
    await vi.waitFor(() => expect(of(second, 'ack')).toEqual([{ type: 'ack', load: 'b', seq: 5 }]));
    expect(of(first, 'ack')).toEqual([]);
  });

  test.each(['flush', 'replay'])('%s on the wish of a panel', async type => {
    const relay = browser.connectRelay(7);
    browser.connectPanel(7).postMessage({ type });
    await vi.waitFor(() => expect(of(relay, type)).toEqual([{ type }]));
  });
});

describe('listening', () => {
  test('begins with the first panel and ends with the last', async () => {
    const relay = browser.connectRelay(7);
    relay.postMessage(hello('a'));
    await vi.waitFor(() => expect(of(relay, 'listen')).toEqual([{ type: 'listen', on: false, recorded: false }]));
    const panels = [browser.connectPanel(7), browser.connectPanel(7)];
    await settled();
    expect(of(relay, 'listen').slice(1)).toEqual([
      { type: 'listen', on: true, recorded: false },
      { type: 'listen', on: true, recorded: false },
    ]);
    for (const panel of panels) panel.disconnect();
    await vi.waitFor(() => expect(of(relay, 'listen').at(-1)).toEqual({ type: 'listen', on: false, recorded: false }));
    expect(of(relay, 'listen')).toHaveLength(4);
  });

  test('wakes relays whose port went with an earlier background', async () => {
    browser.connectPanel(7);
    expect(browser.woken).toEqual([7]);
    const late = browser.connectRelay(7);
    late.postMessage(hello('a'));
    await vi.waitFor(() => expect(of(late, 'listen')).toEqual([{ type: 'listen', on: true, recorded: false }]));
    expect(of(late, 'rules')).toEqual([{ type: 'rules', rules: null }]);
  });

  test('goes on over a stop, also where the page connects before its panel', async () => {
    browser.connectPanel(7);
    await settled();
    browser.stop();
    browser.start();
    const relay = browser.connectRelay(7);
    relay.postMessage(hello('a'));
    await vi.waitFor(() => expect(of(relay, 'listen')).toEqual([{ type: 'listen', on: true, recorded: false }]));
    browser.connectPanel(7).disconnect();
    await vi.waitFor(() => expect(of(relay, 'listen').at(-1)).toEqual({ type: 'listen', on: false, recorded: false }));
  });

  test('ends where the panel does not come back after a stop', async () => {
    browser.connectPanel(7);
    await settled();
    browser.stop();
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      browser.start();
      const relay = browser.connectRelay(7);
      relay.postMessage(hello('a'));
      await settled();
      expect(of(relay, 'listen')).toEqual([{ type: 'listen', on: true, recorded: false }]);
      vi.advanceTimersByTime(5000);
      await settled();
      expect(of(relay, 'listen').at(-1)).toEqual({ type: 'listen', on: false, recorded: false });
      expect(browser.stored).toEqual({});
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a port', () => {
  test.each([
    ['a content script that calls itself a panel', 'panel:7', { url: 'https://wiki/', tab: { id: 7 }, frameId: 0 }],
    ['a panel of no tab', 'panel:x', { url: 'chrome-extension://ours/panel.html' }],
    ['an unknown name', 'other', { url: 'chrome-extension://ours/panel.html' }],
    ['a relay outside of a tab', 'relay', { url: 'chrome-extension://ours/panel.html' }],
  ])('of %s is closed', async (_, name, sender) => {
    const port = browser.connect(name, { id: 'ours', ...sender });
    await vi.waitFor(() => expect(port.open).toBe(false));
  });

  test('of a panel hears at once what is in force', async () => {
    const override = { rules: [], policy: 'hold-all', until: Date.now() + 60_000 };
    await browser.ask({ request: 'override.set', tab: 7, override });
    const panel = browser.connectPanel(7);
    await vi.waitFor(() => expect(panel.received).toEqual([{ type: 'override', override }]));
    const relay = browser.connectRelay(7);
    relay.postMessage(hello('a'));
    await vi.waitFor(() => expect(of(relay, 'rules')).toEqual([{ type: 'rules', rules: { ...override, v: 1 } }]));
  });
});
