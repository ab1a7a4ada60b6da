/** Each client of each generation on the embedded wiki: each call, and what its record is to say. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETS } from '../real/cases.ts';
import { runCases } from '../real/run.ts';
import { BROWSERS, openWorld, type World } from './support/world.ts';

describe.each(BROWSERS)('%s', browser => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(browser);
  });
  afterAll(() => world.close());

  it.each(SETS)('$client, $generation', async ({ cases }) => {
    const outcomes = await runCases({ ...world, browser, page: world.browser.page }, cases);
    const failed = outcomes.filter(({ differences }) => differences.length > 0);
    expect(failed.map(({ name, differences }) => [name, ...differences])).toEqual([]);
    expect(outcomes.length).toBe(cases.filter(one => (one.browser ?? browser) === browser).length);
  });
});
