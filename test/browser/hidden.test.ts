/** A page behind another tab: its timers run once a second, and yet all that it calls is there at once, and none is lost. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Page } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { ask, isKept } from './support/recording.ts';
import { BROWSERS, eventSource, HOLES, openWorld, READY, tagOf, until, type World } from './support/world.ts';

const CALLS = 300;
const EACH = Array.from({ length: CALLS }, (_, index) => `hidden.${index}.`);

/** Source: each call in a task of its own, by messages, which the browser does not slow down; `last` in the task of the last. */
const callsThen = (last: string): string => `(() => {
  const { port1, port2 } = new MessageChannel();
  let made = 0;
  port1.onmessage = () => {
    mw.eventLog.submit('wiki.page_visit', ${eventSource('"hidden." + made + "."')});
    if (++made < ${CALLS}) port2.postMessage(0);
    else { ${last} }
  };
  port2.postMessage(0);
})()`;

const tags = (records: Record[]) => records.map(({ event }) => tagOf(event)).filter(tag => tag !== null);

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let page: Page;
  let helper: Page;
  beforeAll(async () => {
    world = await openWorld(name);
    await world.panel.close();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    page = await world.browser.newPage();
    await page.goto(`${world.wiki.url}wiki/Blank`);
    await page.waitFor(READY);
    helper = await world.browser.extensionPage('popup.html');
    await page.waitFor('document.hidden');
  });

  const start = async () => {
    await ask(helper, { request: 'recording.start', tab: page.tab, name: '', stepsByPage: false, repositories: [] });
    return (await ask(helper, { request: 'recording.get', tab: page.tab }))?.id ?? '';
  };
  const stopped = async (id: string) => {
    await ask(helper, { request: 'recording.stop', tab: page.tab });
    const panel = await world.browser.extensionPage(`panel.html?session=${id}`);
    await panel.waitFor('globalThis.inspector?.ready');
    return { tags: tags(await panel.evaluate('inspector.records()')), holes: await panel.evaluate(HOLES) };
  };

  it(`records ${CALLS} calls, each in a task of its own, in their order`, async () => {
    const id = await start();
    await page.evaluate(callsThen(''));
    await until('the last to be kept', () => helper.evaluate(isKept, [id, EACH.at(-1) ?? '']));
    expect(await stopped(id)).toEqual({ tags: EACH, holes: [] });
  });

  it('keeps what waits for an acknowledgement when the page is left', async () => {
    const id = await start();
    await page.evaluate(callsThen(`location.assign('/wiki/Blank?clients=0&next')`));
    await page.waitFor(`location.search.includes('next') && document.readyState === 'complete'`);
    expect(await stopped(id)).toEqual({ tags: EACH, holes: [] });
  });

  it('keeps what waits for an acknowledgement when the background stops', async () => {
    const id = await start();
    await page.evaluate(callsThen(''));
    await world.browser.stopBackground();
    await until('the last to be kept', () => helper.evaluate(isKept, [id, EACH.at(-1) ?? '']));
    expect(await stopped(id)).toEqual({ tags: EACH, holes: [] });
  });

  it('hands on what waits to a panel that opens meanwhile', async () => {
    const id = await start();
    await page.evaluate(callsThen(''));
    const panel = await page.panelPage();
    await until('all in the panel', async () => tags(await panel.evaluate('inspector.records()')).length >= CALLS);
    expect(tags(await panel.evaluate('inspector.records()'))).toEqual(EACH);
    await panel.close();
    expect(await stopped(id)).toEqual({ tags: EACH, holes: [] });
  });
});
