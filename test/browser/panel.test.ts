/** The panel while a page makes very many calls at once, and its toggle as a tester clicks it. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, HOLES, openWorld, READY, report, until, type World } from './support/world.ts';

const CALLS = 10_000;
/** Out of sample at rate 0.5, just. */
const OUT = 'session=80000000c0ffee00c0ff';

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
  });
  afterAll(() => world.close());

  it('forces by its toggle, and lets go by "everything off"', async () => {
    const { browser, wiki, panel } = world;
    const load = async (tag: number) => {
      await browser.page.goto(`${wiki.url}wiki/Blank?first=${tag}&linger=1&${OUT}`);
      return panel.waitFor<{ decision: string; delivery: string; forced: boolean }>(
        `inspector.records().filter(r => r.stream === 'wiki.half' && r.page.url.includes('first=${tag}&')).map(r => ({
          decision: r.decision.state, delivery: r.delivery.state, forced: r.override?.forced ?? false }))[0]`,
      );
    };
    expect(await load(1)).toEqual({ decision: 'dropped', delivery: 'none', forced: false });

    await panel.click('#tab-sampling');
    const row = `[...document.querySelectorAll('.sampling .row')].find(row => row.innerText.includes('wiki.half'))`;
    // By a name of its own: a click scrolls the list, and then the line stands at another place of it.
    await panel.waitFor(`${row} && (${row}.id = 'half')`);
    const button = (choice: string) => `#half .toggle [data-choice=${choice}]`;
    await panel.click(button('in'));
    await panel.waitFor(`document.querySelector('${button('in')}').ariaPressed === 'true'`);
    await until('the badge', async () => (await browser.page.badge()) !== '');
    await browser.page.waitFor(READY);
    const forced = await load(2);
    expect([forced.decision, forced.forced]).toEqual(['accepted', true]);
    await world.until('the forced event to be held', records =>
      records.some(({ page, delivery }) => page.url.includes('first=2&') && delivery.state === 'held'),
    );

    await panel.click('.bar.override > .button');
    await panel.waitFor(`document.querySelector('.bar.override') === null`);
    await until('the badge to go', async () => (await browser.page.badge()) === '');
    expect(await load(3)).toEqual({ decision: 'dropped', delivery: 'none', forced: false });
    expect(JSON.stringify(wiki.received.flatMap(({ events }) => events))).not.toContain('wiki.half');
    expect(await browser.errors()).toEqual([]);
  });

  it('loses none of 10,000 calls that a page makes in one task, and shows the last', async () => {
    const { browser, wiki, panel } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await browser.page.waitFor(READY);
    await browser.page.evaluate(`(() => {
      for (let i = 0; i < ${CALLS}; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'burst.' + i`)});
    })()`);
    // Counted in the panel: to read all records over and over would take longer than the burst.
    const tags = `inspector.records().map(r => r.event?.action_context).filter(tag => tag?.startsWith('burst.'))`;
    const count = () => panel.evaluate<number[]>(`(tags => [tags.length, new Set(tags).size])(${tags})`);
    await until('all records', async () => ((await count())[0] ?? 0) >= CALLS);
    const [records = 0, known = 0] = await count();
    expect([records, known]).toEqual([CALLS, CALLS]);
    expect(await panel.evaluate(HOLES)).toEqual([]);
    await panel.click('#tab-events');
    await panel.waitFor(`document.querySelector('#events [data-id="' + inspector.records().at(-1).id + '"]') !== null`);
    report({ cell: 'burst', browser: name, calls: CALLS, lost: CALLS - known, twice: records - known });
  });
});
