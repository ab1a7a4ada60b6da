import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createIdbRecordings } from '../../../src/recording/idb.ts';
import { createMemoryRecordings } from '../../../src/recording/memory.ts';
import type { Chunk, RecordingStore } from '../../../src/recording/types.ts';
import { rebuild } from '../../../src/test-session/rebuild.ts';
import { call, context, page } from '../log/facts.ts';
import { FakeBrowser, type FakePort } from './fake-browser.ts';

let browser: FakeBrowser;
let store: ReturnType<typeof createIdbRecordings>;
const now = Date.now();

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = createIdbRecordings();
  browser = new FakeBrowser();
  for (const tab of [1, 2, 3]) browser.tabs.set(tab, { url: 'https://en.wikipedia.org/' });
  browser.start();
});

const start = (tab = 1) =>
  browser.ask({ request: 'recording.start', tab, name: 'Mine', stepsByPage: false, repositories: [] }) as Promise<{
    id: string;
  }>;
const mark = (what: string, text = '') => browser.ask({ request: 'recording.mark', tab: 1, what, text });

/** A relay that has said hello. */
function relay(tab = 1, load = 'load1'): FakePort {
  const port = browser.connectRelay(tab);
  port.postMessage({ type: 'hello', load, url: 'https://en.wikipedia.org/' });
  return port;
}

const give = (port: FakePort, from: number, to: number, load = 'load1') =>
  port.postMessage({
    type: 'facts',
    load,
    url: 'https://en.wikipedia.org/',
    facts: Array.from({ length: to - from + 1 }, (_, index) => JSON.stringify(call(from + index, { at: Date.now() }))),
  });

const acks = (port: FakePort) => port.received.filter(({ type }) => type === 'ack').map(({ seq }) => seq);
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let turn = 0; turn < 500 && !(await holds()); turn++) await new Promise(resolve => setTimeout(resolve, 2));
  expect(await holds()).toBe(true);
};
const all = async (from: RecordingStore, id: string): Promise<Chunk[]> => {
  const chunks: Chunk[] = [];
  for await (const some of from.read(id)) chunks.push(...some);
  return chunks;
};
const facts = (chunks: Chunk[]) => chunks.flatMap(chunk => (chunk.kind === 'facts' ? chunk.envelope.facts : []));

describe('a recording', () => {
  it('listens without a panel, keeps what comes, and acknowledges what it has kept', async () => {
    const port = relay();
    const { id } = await start();
    await until(() => port.received.some(({ type, on }) => type === 'listen' && on === true));
    give(port, 1, 3);
    await until(() => acks(port).includes(3));
    expect(facts(await all(store, id))).toHaveLength(3);
  });

  it('begins a step with a page, not with a relay that connects again', async () => {
    relay();
    await browser.ask({ request: 'recording.start', tab: 1, name: 'Mine', stepsByPage: true, repositories: [] });
    relay();
    relay(1, 'load2');
    relay(1, 'load2').disconnect();
    relay(1, 'load2');
    relay(1, 'load3');
    const { id } = (await store.list())[0] ?? { id: '' };
    const kept = async () =>
      (await all(store, id)).filter(chunk => chunk.kind === 'mark' && chunk.mark.what === 'step').length;
    await until(async () => (await kept()) >= 2);
    await mark('note', 'all before this have been taken');
    expect(await kept()).toBe(2);
    expect(await browser.ask({ request: 'recording.get', tab: 1 })).toMatchObject({ steps: [{}, {}] });
  });

  it('waits for the panel, too, where one is open', async () => {
    await start();
    const port = relay();
    const panel = browser.connectPanel(1);
    give(port, 1, 3);
    await until(async () => facts(await all(store, (await store.list())[0]?.id ?? '')).length === 3);
    expect(acks(port)).toEqual([]);
    panel.postMessage({ type: 'ack', load: 'load1', seq: 2 });
    await until(() => acks(port).includes(2));
    panel.disconnect();
    await until(() => acks(port).includes(3));
  });

  it('goes on over a stop of the background', async () => {
    const { id } = await start();
    browser.stop();
    browser.start();
    const port = relay();
    give(port, 1, 2);
    await until(() => acks(port).includes(2));
    expect(facts(await all(store, id))).toHaveLength(2);
    expect(await browser.ask({ request: 'recording.get', tab: 1 })).toMatchObject({ id, name: 'Mine' });
  });

  it('takes along the tabs that are opened from its tab, and ends with the last of them', async () => {
    const { id } = await start();
    browser.emit('tabs.onCreated', { id: 2, openerTabId: 1 });
    await until(async () => (await browser.ask({ request: 'recording.get', tab: 2 })) !== null);
    const port = relay(2, 'load2');
    give(port, 1, 1, 'load2');
    await until(() => acks(port).includes(1));
    browser.closeTab(1);
    browser.closeTab(2);
    await until(async () => (await store.get(id))?.how === 'stopped');
  });

  it('keeps marks, and of a pause only what the page is', async () => {
    const { id } = await start();
    const port = relay();
    await mark('step', 'Open');
    await mark('pause');
    port.postMessage({
      type: 'facts',
      load: 'load1',
      url: 'https://en.wikipedia.org/',
      facts: [
        page(1, 'begin', { at: now }),
        call(2, { at: now }),
        context(3, { at: now, skin: 'vector' }),
        call(4, { at: now }),
      ].map(fact => JSON.stringify(fact)),
    });
    await until(() => acks(port).includes(4));
    await mark('resume');
    await new Promise(resolve => setTimeout(resolve, 2));
    give(port, 5, 5);
    await until(() => acks(port).includes(5));
    await browser.ask({ request: 'recording.stop', tab: 1 });
    const recording = await store.get(id);
    if (!recording) throw new Error('gone');
    const { session } = rebuild(recording, await all(store, id));
    expect(session.marks.map(({ what, text }) => `${what} ${text}`)).toEqual([
      'start Mine',
      'step Open',
      'pause ',
      'resume ',
      'stop ',
    ]);
    expect(session.records.map(({ id: one }) => one)).toEqual(['load1/5']);
    expect(session.holes.map(({ from, to, reason }) => [from, to, reason])).toEqual([
      [2, 2, 'paused'],
      [4, 4, 'paused'],
    ]);
    expect(session.header).toMatchObject({ skin: 'vector', test: { name: 'Mine' } });
  });

  it('that the browser ended is closed at the next start, and says so', async () => {
    const { id } = await start();
    const port = relay();
    give(port, 1, 2);
    await until(() => acks(port).includes(2));
    browser.stop();
    browser.stored = {};
    browser.start();
    await until(async () => (await store.get(id))?.how === 'interrupted');
    const recording = await store.get(id);
    if (!recording) throw new Error('gone');
    const { session } = rebuild(recording, await all(store, id));
    expect(session.records).toHaveLength(2);
    expect(session.marks.at(-1)).toMatchObject({
      what: 'interrupted',
      text: expect.stringContaining('may be missing') as string,
    });
  });

  it('ends with a message where there is no room, and loses nothing of what it has', async () => {
    const { id } = await start();
    const port = relay();
    const panel = browser.connectPanel(1);
    give(port, 1, 2);
    await until(async () => facts(await all(store, id)).length === 2);
    const add = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    give(port, 3, 4);
    await until(() =>
      panel.received.some(one =>
        String((one['recording'] as { problem?: string } | null)?.problem).includes('storage is full'),
      ),
    );
    IDBObjectStore.prototype.add = add;
    expect(facts(await all(store, id))).toHaveLength(2);
    await until(async () => (await store.get(id))?.how === 'full');
    expect(await browser.ask({ request: 'recording.get', tab: 1 })).toBe(null);
  });

  it('takes up what a page left behind while the background was stopped, and leaves nothing there', async () => {
    const { id } = await start();
    const port = relay();
    await until(() => 'recording:1' in browser.stored && JSON.stringify(browser.stored).includes('load1'));
    const left = (load: string, seq: number) => ({
      type: 'facts',
      load,
      url: 'https://en.wikipedia.org/',
      facts: [JSON.stringify(call(seq, { at: Date.now() + 5 }))],
    });
    browser.stop();
    browser.local = { plan: 'mine', 'left:load1:0': left('load1', 1), 'left:forged:0': left('forged', 1), 'left:x': 5 };
    browser.start();
    await until(() => Object.keys(browser.local).join() === 'plan');
    expect(facts(await all(store, id))).toHaveLength(1);
    browser.local['left:load1:1'] = left('load1', 2);
    browser.emit('storage.onChanged', { 'left:load1:1': { newValue: {} } }, 'local');
    await until(() => Object.keys(browser.local).join() === 'plan');
    expect(facts(await all(store, id))).toHaveLength(2);
    browser.local['left:load1:2'] = left('load1', 3);
    browser.closeTab(1);
    await until(async () => (await store.get(id))?.how === 'stopped');
    expect([facts(await all(store, id)).length, Object.keys(browser.local)]).toEqual([3, ['plan']]);
    port.disconnect();
  });

  it('of a private window stays in memory', async () => {
    browser.privateTabs.add(3);
    const { id } = await start(3);
    const port = relay(3);
    give(port, 1, 2);
    await until(() => acks(port).includes(2));
    expect(await store.list()).toEqual([]);
    const memory = createMemoryRecordings(browser.sessionArea());
    expect(facts(await all(memory, id))).toHaveLength(2);
    expect(await memory.get(id)).toMatchObject({ name: 'Mine' });
  });

  it('is kept for 30 days, or as long as it is pinned', async () => {
    const old = {
      id: 'old',
      name: 'Old',
      started: 0,
      ended: now - 31 * 86_400_000,
      how: 'stopped',
      pinned: false,
      size: 0,
      extension: '',
      browser: '',
      repositories: [],
      overrides: [],
    } as const;
    await browser.ask({ request: 'recording.get', tab: 1 });
    await store.put({ ...old, repositories: [], overrides: [] });
    await store.put({ ...old, id: 'pinned', pinned: true, repositories: [], overrides: [] });
    await store.append('old', [
      { kind: 'mark', mark: { type: 'mark', time: new Date(0).toISOString(), what: 'note', text: '' } },
    ]);
    browser.stop();
    browser.start();
    await until(async () => (await store.get('old')) === null);
    expect(await all(store, 'old')).toEqual([]);
    expect(await store.get('pinned')).not.toBe(null);
  });
});
