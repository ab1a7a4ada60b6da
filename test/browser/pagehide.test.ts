/** Calls in the page's own pagehide handler: the last thing a page does, and what network tools miss. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, openWorld, READY, report, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const NAVIGATIONS = 10;
const CALLS = 10;

describe.each(BROWSERS)('%s', name => {
  it('records each of 10 calls at pagehide, over 10 navigations', async () => {
    world = await openWorld(name);
    const { browser, wiki } = world;
    for (let i = 0; i <= NAVIGATIONS; i += 1) {
      await browser.page.goto(`${wiki.url}wiki/Blank?navigation=${i}${i < NAVIGATIONS ? `&pagehide=${CALLS}` : ''}`);
      await browser.page.waitFor(READY);
    }
    const calls = NAVIGATIONS * CALLS;
    const records = await world.until(`${calls} answered records`, all => {
      const accepted = all.filter(({ decision }) => decision.state === 'accepted');
      return accepted.length >= calls && accepted.every(({ delivery }) => delivery.state === 'answered');
    });
    expect(records).toHaveLength(calls);
    expect(new Set(records.map(({ id }) => id)).size).toBe(calls);
    expect(new Set(records.map(({ page }) => page.load)).size).toBe(NAVIGATIONS);
    await until('all at the intake', () => wiki.received.length >= calls);
    expect(wiki.received).toHaveLength(calls);
    report({ cell: 'pagehide', browser: name, navigations: NAVIGATIONS, records: records.length, received: calls });
  });
});
