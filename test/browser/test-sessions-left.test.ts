/** A recorded page that is left while the background is stopped: what it called is there, and nothing of it stays elsewhere. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { ask, isKept, submit } from './support/recording.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, until, type World } from './support/world.ts';

/** Source: keys of the extension's local storage in which a page has left something, ever since it is watched. */
const WATCH = `(globalThis.browser ?? chrome).storage.onChanged.addListener((changes, area) => {
  if (area === 'local') (globalThis.seen ??= []).push(...Object.keys(changes).filter(key => key.startsWith('left:')));
})`;
const SEEN = `globalThis.seen ?? []`;
const LEFT = `(globalThis.browser ?? chrome).storage.local.get(null).then(all => Object.keys(all).filter(key => key.startsWith('left:')))`;
const CALLS = ['one', 'two', 'three'];

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let helper: Page;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    await world.panel.close();
    helper = await world.browser.extensionPage('popup.html');
    await helper.evaluate(WATCH);
  });
  afterAll(() => world.close());

  const start = async (tab: number) => {
    await ask(helper, { request: 'recording.start', tab, name: 'Left', stepsByPage: true, repositories: [] });
    return (await ask(helper, { request: 'recording.get', tab }))?.id ?? '';
  };
  const tagsOf = async (id: string) => {
    const page = await world.browser.extensionPage(`panel.html?session=${id}`);
    const records = await page.waitFor<Record[]>(`globalThis.inspector?.ready && inspector.records()`);
    await page.close();
    return records.flatMap(({ event }) => tagOf(event) ?? []);
  };
  /** Stops the background, and in the same breath has the page call and go: before it can connect again. */
  const leave = async (page: Page, how: string) => {
    const calls = CALLS.map(tag => `mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${tag}'`)});`).join('');
    await world.browser.stopBackground();
    await page.evaluate(`void setTimeout(() => { ${calls} ${how} })`);
  };

  it('keeps what it called, and the next page goes on', async () => {
    const { page } = world.browser;
    await page.goto(`${world.wiki.url}wiki/Blank?first`);
    await page.waitFor(READY);
    const id = await start(page.tab);
    await submit(page, 'before');
    await until('the call before to be kept', () => helper.evaluate(isKept, [id, 'before']));
    await leave(page, `location.assign('/wiki/Blank?next')`);
    await page.waitFor(`location.search === '?next'`);
    await submit(page, 'after');
    await until('the call after to be kept', () => helper.evaluate(isKept, [id, 'after']));
    await ask(helper, { request: 'recording.stop', tab: page.tab });
    expect(await tagsOf(id)).toEqual(['before', ...CALLS, 'after']);
    expect(await helper.evaluate(LEFT)).toEqual([]);
  });

  // Firefox ends the page's script before anything of it is taken: nothing of these calls arrives.
  it.runIf(name === 'chromium')('keeps what it called where its tab is closed', async () => {
    const page = await world.browser.newPage();
    await page.goto(`${world.wiki.url}wiki/Blank?closing`);
    await page.waitFor(READY);
    const id = await start(page.tab);
    await submit(page, 'before');
    await until('the call before to be kept', () => helper.evaluate(isKept, [id, 'before']));
    const closing = `(globalThis.browser ?? chrome).tabs.remove(${page.tab})`;
    await leave(page, '');
    await helper.evaluate(closing);
    await until(
      'the recording to end',
      async () => (await ask(helper, { request: 'recording.get', tab: page.tab })) === null,
    );
    expect(await tagsOf(id)).toEqual(['before', ...CALLS]);
    expect(await helper.evaluate(LEFT)).toEqual([]);
  });

  it('leaves nothing where nobody listens', async () => {
    const { page } = world.browser;
    const before = await helper.evaluate<string[]>(SEEN);
    await page.goto(`${world.wiki.url}wiki/Blank?nobody`);
    await page.waitFor(READY);
    await leave(page, `location.assign('/wiki/Blank?nobody-next')`);
    await page.waitFor(`location.search === '?nobody-next'`);
    await submit(page, 'nobody');
    expect([await helper.evaluate(SEEN), await helper.evaluate(LEFT)]).toEqual([before, []]);
  });
});
