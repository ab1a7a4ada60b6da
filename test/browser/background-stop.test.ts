/** The background is stopped while a page calls: every call is one record, with its delivery, and the badge is right. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, openWorld, READY, report, tagOf, times, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const CALLS = 2_000;
const ENDED = ['answered', 'refused'];

describe.each(BROWSERS)('%s', name => {
  it('loses nothing when the background is stopped in the middle of 2,000 calls', async () => {
    world = await openWorld(name, {}, { lingerSeconds: 1 });
    const { browser, wiki, panel, override } = world;
    await override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'hold-forced' });
    await browser.page.goto(`${wiki.url}wiki/Blank?linger=1`);
    await browser.page.waitFor(READY);

    let unknown = 0;
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
      const arrived = () =>
        panel.evaluate<number>(
          `inspector.records().filter(r => r.event?.action_context?.startsWith('${round}.')).length`,
        );
      await until(`${CALLS} records`, async () => (await arrived()) >= CALLS);
      await panel.evaluate('inspector.flush()');

      // Deliveries right after the restart: all of them, with their status.
      await browser.page.evaluate(`(() => {
        for (let i = 0; i < 20; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'after.${round}.' + i`)});
      })()`);
      await until(
        'the page to have sent all it had',
        async () => (await world?.records())?.every(({ delivery }) => delivery.state !== 'queued') ?? false,
      );
      await panel.evaluate('inspector.flush()');
      const after = await world.until('the deliveries after the restart', all => {
        const late = all.filter(({ event }) => tagOf(event)?.startsWith(`after.${round}.`));
        return late.length === 20 && late.every(({ delivery }) => ENDED.includes(delivery.state));
      });

      const records = after.filter(mine);
      expect(new Set(records.map(record => tagOf(record.event))).size).toBe(CALLS);
      expect(records).toHaveLength(CALLS);
      expect(records.every(record => record.decision.state === 'accepted')).toBe(true);
      // A status that was on its way when the background was stopped is not known: such a record says `sent`, and no more.
      const count = (state: string) => records.filter(({ delivery }) => delivery.state === state).length;
      expect(count('answered') + count('refused') + count('sent')).toBe(CALLS);
      expect(count('answered')).toBeGreaterThan(0);
      unknown += count('sent');
      expect(await browser.page.badge()).not.toBe('');
    }
    expect(await panel.evaluate(`inspector.lines().includes('"type":"hole"')`)).toBe(false);
    report({
      cell: 'background-stop',
      browser: name,
      rounds: times(1, 20),
      calls: CALLS,
      lost: 0,
      twice: 0,
      statusesUnknown: unknown,
    });
  });
});
