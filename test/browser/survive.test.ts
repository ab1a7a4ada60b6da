/** What a page and its DevTools go through: nothing is lost, and what cannot be shown any more is said. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, until, type World } from './support/world.ts';

/** How many facts the hook keeps of a page load while nobody listens. */
const RING = 2_048;

const tagged = (prefix: string) => (record: Record) => tagOf(record.event)?.startsWith(prefix) ?? false;
/** Calls in one task, tagged `<prefix>0` and so on. */
const calls = (prefix: string, count: number) =>
  `(() => { for (let i = 0; i < ${count}; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${prefix}' + i`)}); })()`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 1 });
  });
  afterAll(() => world.close());

  async function visit(path: string): Promise<void> {
    await world.browser.page.goto(world.wiki.url + path);
    await world.browser.page.waitFor(READY);
  }

  it('stays one page load over pushState, and makes another of a reload and of a navigation', async () => {
    const { page } = world.browser;
    const visits = (records: Record[]) => records.filter(({ api }) => api === 'submitInteraction');
    await visit('wiki/Application');
    await page.click('[data-view=one]');
    await page.click('[data-view=two]');
    await world.until('both views', records => visits(records).length === 2);
    await page.reload();
    await page.waitFor(READY);
    await page.click('[data-view=one]');
    await world.until('the view after the reload', records => visits(records).length === 3);
    await visit('wiki/Application?again=1');
    await page.click('[data-view=two]');
    const all = visits(await world.until('the view after the navigation', records => visits(records).length === 4));
    const loads = all.map(({ page: { load } }) => load);
    expect(loads.map(load => loads.indexOf(load))).toEqual([0, 0, 2, 3]);
    expect(new Set(all.map(({ session }) => session)).size).toBe(1);
    await world.until('all to be answered', records =>
      visits(records).every(({ delivery }) => delivery.state === 'answered'),
    );
  });

  it('tells the frame of a page within the page', async () => {
    await visit('wiki/Frames');
    await world.browser.page.waitFor(`document.querySelector('iframe').contentWindow.mw?.eventLog !== undefined`);
    await world.browser.page.evaluate(calls('top.', 1));
    await world.browser.page.evaluate(
      `document.querySelector('iframe').contentWindow.eval(${JSON.stringify(calls('framed.', 1))})`,
    );
    const all = await world.until(
      'a record of each frame',
      records => records.some(tagged('top.')) && records.some(tagged('framed.')),
    );
    const [top, framed] = ['top.', 'framed.'].map(prefix => all.find(tagged(prefix)));
    expect(top?.frame).toBe(0);
    expect(framed?.frame).toBeGreaterThan(0);
    expect(framed?.page.load).not.toBe(top?.page.load);
    expect(framed?.page.url).toContain('/frame');
  });

  it('shows calls made while no panel was open: those the page still has, and that others are gone', async () => {
    const { browser } = world;
    await world.panel.close();
    await visit('wiki/Blank?linger=600');
    await browser.page.evaluate(calls('few.', 20));

    const second = await browser.page.panelPage();
    const count = (prefix: string) =>
      second.evaluate<number>(
        `inspector.records().filter(r => r.event?.action_context?.startsWith('${prefix}')).length`,
      );
    await until('the calls made before', async () => (await count('few.')) === 20);
    expect(await second.evaluate<string>('inspector.lines()')).not.toContain('"type":"hole"');
    await browser.page.evaluate(calls('open.', 5));
    await until('the calls made now', async () => (await count('open.')) === 5);
    await second.close();

    await browser.page.evaluate(calls('many.', RING + 500));
    const third = await browser.page.panelPage();
    world.panel = third;
    const newest = await third.waitFor<string[]>(
      `(tags => tags.length > 0 && tags.at(-1) === 'many.${RING + 499}' && tags)(
        inspector.records().flatMap(r => r.event?.action_context?.startsWith('many.') ? [r.event.action_context] : []))`,
    );
    expect(newest.length).toBeGreaterThanOrEqual(1_000);
    expect(newest).toEqual(newest.map((_, i) => `many.${RING + 500 - newest.length + i}`));
    const holes = await third.evaluate<object[]>(
      `inspector.lines().split('\\n').filter(line => line.includes('"type":"hole"')).map(line => JSON.parse(line))`,
    );
    expect(holes).toEqual([expect.objectContaining({ from: 1, reason: 'before-devtools' })]);
    await third.waitFor(
      `document.querySelector('#events [data-kind=hole]') || (document.querySelector('#events').scrollTop = 0, false)`,
    );
  });
});
