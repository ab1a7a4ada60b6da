/** The background is stopped while a page calls: every call is one record, with its delivery, and the badge is right. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, eventSource, HOLES, openWorld, READY, report, times, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const ROUNDS = times(1, 20);
const CALLS = 1_000;
const LATER = 20;

/** What the panel has of one round; counted there, since to read all records over and over would take longer. */
interface Count {
  records: number;
  tags: number;
  accepted: number;
  deliveries: { [state: string]: number };
}

const countOf = (round: string) => `(() => {
  const tagOf = record => record.event?.action_context ?? '';
  const mine = inspector.records().filter(record => tagOf(record).startsWith('${round}.'));
  const deliveries = {};
  for (const { delivery } of mine) deliveries[delivery.state] = (deliveries[delivery.state] ?? 0) + 1;
  return {
    records: mine.length,
    tags: new Set(mine.map(tagOf)).size,
    accepted: mine.filter(({ decision }) => decision.state === 'accepted').length,
    deliveries,
  };
})()`;

const ended = ({ deliveries }: Count) => (deliveries['answered'] ?? 0) + (deliveries['refused'] ?? 0);

describe.each(BROWSERS)('%s', name => {
  it(`loses nothing when the background is stopped at a random moment of ${CALLS} calls`, async () => {
    world = await openWorld(name, {}, { lingerSeconds: 1 });
    const { browser, wiki, panel, override } = world;
    await override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'hold-forced' });
    await browser.page.goto(`${wiki.url}wiki/Blank?linger=1`);
    await browser.page.waitFor(READY);

    const count = (round: string) => panel.evaluate<Count>(countOf(round));
    const settled = async (what: string, round: string, done: (found: Count) => boolean) => {
      let found: Count | undefined;
      // a background that starts again on a busy machine tells of statuses late
      await until(`${what} of ${round}`, async () => done((found = await count(round))), 60_000).catch(
        (error: unknown) => {
          throw new Error(`${String(error)}: ${JSON.stringify(found)}`);
        },
      );
    };
    const all = { records: CALLS, tags: CALLS, accepted: CALLS };
    /** Statuses that were on their way; rounds in which the background was gone while calls were still being made. */
    let unknown = 0;
    let during = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      wiki.clearReceived();
      await browser.page.evaluate(`(() => {
        window.called = 0;
        const timer = setInterval(() => {
          for (let i = 0; i < 10 && called < ${CALLS}; i++) {
            mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${round}.' + called++`)});
          }
          if (called >= ${CALLS}) clearInterval(timer);
        }, 10);
      })()`);
      await browser.page.waitFor(`called > ${Math.floor(Math.random() * CALLS * 0.8)}`, undefined, { timeout: 60_000 });
      await browser.stopBackground();
      if ((await browser.page.evaluate<number>('called')) < CALLS) during += 1;
      await browser.page.waitFor(`called >= ${CALLS}`, undefined, { timeout: 60_000 });
      await settled('all records', `${round}`, ({ records }) => records >= CALLS);
      await panel.evaluate('inspector.flush()');

      // Deliveries right after the restart: all of them, with their status.
      await browser.page.evaluate(`(() => {
        for (let i = 0; i < ${LATER}; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'after.${round}.' + i`)});
      })()`);
      await settled('sending', `${round}`, ({ deliveries }) => !deliveries['queued']);
      await panel.evaluate('inspector.flush()');
      await settled('the deliveries after the restart', `after.${round}`, found => ended(found) >= LATER);
      expect(await count(`after.${round}`)).toMatchObject({ records: LATER, tags: LATER, accepted: LATER });

      const found = await count(`${round}`);
      expect(found).toMatchObject(all);
      // A status that was on its way when the background was stopped is not known: such a record says `sent`, and no more.
      const sent = found.deliveries['sent'] ?? 0;
      expect(ended(found) + sent).toBe(CALLS);
      expect(found.deliveries['answered']).toBeGreaterThan(0);
      unknown += sent;
      expect(await browser.page.badge()).not.toBe('');
    }
    expect(await panel.evaluate(HOLES)).toEqual([]);
    const rounds: Count[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await count(`${round}`));
    const sum = (key: 'records' | 'tags') => rounds.reduce((total, one) => total + one[key], 0);
    const calls = ROUNDS * CALLS;
    const [lost, twice] = [calls - sum('tags'), sum('records') - sum('tags')];
    expect({ lost, twice }).toEqual({ lost: 0, twice: 0 });
    report({
      cell: 'background-stop',
      browser: name,
      rounds: ROUNDS,
      during,
      calls,
      lost,
      twice,
      statusesUnknown: unknown,
    });
  });
});
