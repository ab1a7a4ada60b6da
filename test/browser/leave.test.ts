/** Calls between a page's decision to leave and its leaving: facts are on their way to the relay, and must not be lost with it. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, HOLES, openWorld, READY, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const CALLS = 600;

describe.each(BROWSERS)('%s', name => {
  it(`records ${CALLS} calls of a task that has sent the page elsewhere already`, async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    const { browser, wiki, panel } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await browser.page.waitFor(READY);
    // The next page is there before the task ends, so that its coming is the next thing to happen.
    await browser.page.evaluate(`void setTimeout(() => {
      location.assign('/wiki/Blank?clients=0&next');
      for (const end = performance.now() + 1_000; performance.now() < end; );
      for (let i = 0; i < ${CALLS}; i++) mw.eventLog.submit('wiki.rare', ${eventSource(`'leaving.' + i`)});
    })`);
    await browser.page.waitFor(`location.search.includes('next') && document.readyState === 'complete'`);
    const calls = `inspector.records().filter(({ event }) => event?.action_context?.startsWith('leaving.')).length`;
    await until(`${CALLS} records`, async () => (await panel.evaluate<number>(calls)) >= CALLS).catch(
      async (error: unknown) => {
        throw new Error(
          `${String(error)}: ${await panel.evaluate<number>(calls)}, ${String(await panel.evaluate(HOLES))}`,
        );
      },
    );
    expect([await panel.evaluate(HOLES), await panel.evaluate(calls)]).toEqual([[], CALLS]);
  });
});
