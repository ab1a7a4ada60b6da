/** Calls in the page's own pagehide handler: the last thing a page does, and what network tools miss. */

import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/record/record.ts';
import { BROWSERS, openWorld, READY, report, times, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const LOADS = times(2, 10);
const CALLS = 20;

describe.each(BROWSERS)('%s', name => {
  it(`records each of ${CALLS} calls at pagehide, over ${LOADS} page loads`, async () => {
    world = await openWorld(name);
    const { browser, wiki } = world;
    for (let i = 0; i <= LOADS; i += 1) {
      await browser.page.goto(`${wiki.url}wiki/Blank?navigation=${i}${i < LOADS ? `&pagehide=${CALLS}` : ''}`);
      await browser.page.waitFor(READY);
    }
    const calls = LOADS * CALLS;
    const records = await world.until(`${calls} answered records`, all => {
      const accepted = all.filter(({ decision }) => decision.state === 'accepted');
      return accepted.length >= calls && accepted.every(({ delivery }) => delivery.state === 'answered');
    });
    expect(records).toHaveLength(calls);
    expect(new Set(records.map(({ id }) => id)).size).toBe(calls);
    const made = (event: Json) =>
      event && typeof event === 'object' && !Array.isArray(event) ? event['funnel_event_sequence_position'] : null;
    const loads = [...new Set(records.map(({ page }) => page.load))];
    expect(loads).toHaveLength(LOADS);
    const each = Array.from({ length: CALLS }, (_, index) => index + 1);
    for (const load of loads)
      expect(records.filter(({ page }) => page.load === load).map(({ event }) => made(event))).toEqual(each);
    await until('all at the intake', () => wiki.received.length >= calls);
    expect(wiki.received).toHaveLength(calls);
    report({
      cell: 'pagehide',
      browser: name,
      loads: LOADS,
      calls,
      records: records.length,
      received: wiki.received.length,
    });
  });
});
