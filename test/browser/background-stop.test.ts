/** The background is stopped while a page calls: every call is one record, with its delivery, and the badge is right. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, openWorld, READY, report, tagOf, times, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const CALLS = 2_000;

describe.each(BROWSERS)('%s', name => {
  it('loses nothing when the background is stopped in the middle of 2,000 calls', async () => {
    world = await openWorld(name, {}, { lingerSeconds: 1 });
    const { browser, wiki, panel, override } = world;
    await override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'hold-forced' });
    await browser.page.goto(`${wiki.url}wiki/Blank?linger=1`);
    await browser.page.waitFor(READY);

    for (let round = 0; round < times(1, 20); round += 1) {
      wiki.clearReceived();
      await browser.page.evaluate(`(() => {
        window.called = 0;
        const timer = setInterval(() => {
          for (let i = 0; i < 20 && called < ${CALLS}; i++) {
            mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${round}.' + called++`)});
          }
          if (called >= ${CALLS}) clearInterval(timer);
        }, 10);
      })()`);
      await browser.page.waitFor(`called > ${400 + Math.floor(Math.random() * 1_000)}`);
      await browser.stopBackground();
      await browser.page.waitFor(`called >= ${CALLS}`);

      const mine = (record: { event: Parameters<typeof tagOf>[0] }) => tagOf(record.event)?.startsWith(`${round}.`);
      const count = () =>
        panel.evaluate<number>(
          `inspector.records().filter(r => r.event?.action_context?.startsWith('${round}.')).length`,
        );
      await until(`${CALLS} records`, async () => (await count()) >= CALLS);
      await panel.evaluate('inspector.flush()');
      await until(
        'all answered',
        () =>
          panel.evaluate<boolean>(
            `inspector.records().filter(r => r.event?.action_context?.startsWith('${round}.')).every(r => r.delivery.state === 'answered' && r.delivery.status === 202)`,
          ),
        60_000,
      );
      const records = (await world.records()).filter(mine);
      expect(new Set(records.map(record => tagOf(record.event))).size).toBe(CALLS);
      expect(records).toHaveLength(CALLS);
      expect(records.every(record => record.decision.state === 'accepted')).toBe(true);
      await until('all at the intake', () => wiki.received.length >= CALLS);
      expect(wiki.received).toHaveLength(CALLS);
      expect(await browser.page.badge()).not.toBe('');
    }
    expect(await panel.evaluate('inspector.lines().includes(\'"type":"hole"\')')).toBe(false);
    report({ cell: 'background-stop', browser: name, rounds: times(1, 20), calls: CALLS, lost: 0, twice: 0 });
  });
});
