/** What an intake answers that looks before it answers: read in real DevTools, and put beside our verdict. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Panel } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, openWorld, READY, until, type World } from './support/world.ts';

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world.close());

  it('shows why the intake refused an event', async () => {
    const { browser, wiki } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank?hasty=0`);
    await browser.page.waitFor(READY);
    const panel: Panel = await browser.page.panel();
    await browser.page.evaluate(`mw.eventLog.submit('wiki.page_visit', {
      $schema: '/analytics/product_metrics/web/base/1.3.0', action: 'click', colour: 'red',
      agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' } })`);
    await panel.evaluate('inspector.flush()');
    let records: Record[] = [];
    await until('the answer', async () => {
      records = await panel.evaluate<Record[]>(`inspector.records().filter(({ api }) => api === 'submit')`);
      return records.some(({ delivery }) => JSON.stringify(delivery.answer).includes('colour'));
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${JSON.stringify(records.map(({ delivery }) => delivery))}`);
    });
    expect(records).toMatchObject([
      {
        delivery: {
          state: 'answered',
          status: 400,
          answer: {
            status: 'invalid',
            context: { errors: [{ keyword: 'additionalProperties', params: { additionalProperty: 'colour' } }] },
          },
        },
      },
    ]);
  });
});
