/**
 * A page that comes back from the back/forward cache under other rules than those that it had. Firefox gives it back as
 * it was; Chromium throws it away where an extension writes to its tab meanwhile, and loads it anew.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeliveryPolicy } from '../../src/record/override.ts';
import { BROWSERS, openWorld, READY, report, tagOf, until, type World } from './support/world.ts';

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const RULES = [{ instrument: 'wiki-rare', sample: 'in' as const }];
/** An intake where nobody listens: what is redirected there arrives nowhere. */
const NOWHERE = 'http://localhost:9/v1/events';

/** Sent at once: Test Kitchen has no queue. */
const send = (tag: string) =>
  `for (const name of ['wiki-rare', 'wiki-unsampled']) mw.testKitchen.getInstrument(name).send('click', { action_context: '${tag}.' + name });`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
  });
  afterAll(() => world.close());

  const arrived = () => world.wiki.received.flatMap(({ events }) => events.map(tagOf));

  it.each<DeliveryPolicy>(['hold-forced', 'hold-all', 'redirect'])(
    'sends nothing that was forced, and goes by what is in force as soon as it is told: %s',
    async policy => {
      const { browser, wiki } = world;
      const { page } = browser;
      await world.override(null);
      await page.goto(`${wiki.url}wiki/Blank?session=${OUT}&policy=${policy}`);
      await page.waitFor(READY);
      // told to the open page: a response that carries rules is kept by no cache
      await world.override({ rules: RULES, policy, ...(policy === 'redirect' ? { target: NOWHERE } : {}) });
      await page.waitFor(`mw.testKitchen.getInstrument('wiki-rare').constructor.name === 'Instrument'`);
      await page.evaluate(`addEventListener('pageshow', ({ persisted }) => {
        window.back = persisted;
        ${send(`${policy}.at once`)}
      })`);
      await page.goto(`${wiki.url}wiki/Blank?clients=0`);
      await world.override(null);
      wiki.clearReceived();
      await page.evaluate('setTimeout(() => history.back())');
      const came = await page.waitFor<string>(
        `location.search.includes('policy=') && window.mw?.testKitchen && (window.back ? 'kept'
          : performance.getEntriesByType('navigation')[0].type === 'back_forward' && 'loaded')`,
      );
      report({ cell: 'back-under-others', browser: name, policy, page: came });
      await page.waitFor(`mw.testKitchen.getInstrument('wiki-rare').constructor.name !== 'Instrument'`);
      await page.evaluate(`(() => { ${send(`${policy}.later`)} })()`);
      await until('what is sent later', () => arrived().includes(`${policy}.later.wiki-unsampled`));
      expect(arrived().filter(tag => tag?.includes('wiki-rare'))).toEqual([]);
    },
  );
});
