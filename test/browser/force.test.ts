/** Forcing: the first call of a page obeys, nothing forced reaches the intake, and nothing else is held. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, openWorld, READY, report, times, until, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** Out of sample at rate 0.5, just: 0.5000000001164153. */
const OUT = '80000000c0ffee00c0ff';
const HALF = { rules: [{ stream: 'wiki.half', sample: 'in' as const }] };

/** Calls as the page's own modules make them, the moment the clients are there. */
const first = (load: number) => `first=${load}&linger=1&session=${OUT}`;

const sentBy = ({ wiki }: World, load: number, stream: string) =>
  wiki.received
    .flatMap(({ events }) => events as { action_context?: string; meta: { stream: string }; sample?: object }[])
    .filter(event => event.meta.stream === stream && event.action_context === `first.${load}`);

describe.each(BROWSERS)('%s', name => {
  it('obeys from the first call, first navigation to an origin included, and holds what is forced', async () => {
    world = await openWorld(name);
    const { browser, wiki, override } = world;
    await override({ ...HALF, policy: 'hold-forced' });
    const loads = times(2, 50);
    for (let load = 0; load < loads; load += 1) {
      // every second load is the first navigation to an origin, the others are to one that was seen
      const host = load % 2 ? 'localhost' : `w${load}.localhost`;
      await browser.page.goto(`http://${host}:${wiki.port}/wiki/Blank?${first(load)}`);
      await browser.page.waitFor(READY);
      const all = await world.until(`both calls of load ${load} to be final`, records => {
        const mine = records.filter(({ page }) => page.url.includes(`first=${load}&`));
        return mine.length >= 2 && mine.every(({ delivery }) => ['held', 'answered'].includes(delivery.state));
      });
      const mine = all.filter(({ page }) => page.url.includes(`first=${load}&`));
      expect(
        mine.map(({ stream, decision, delivery, override: mark }) => ({
          stream,
          state: decision.state,
          rate: decision.sampling?.rate ?? null,
          delivery: delivery.state,
          forced: mark?.forced ?? false,
        })),
      ).toEqual([
        { stream: 'wiki.half', state: 'accepted', rate: 0.5, delivery: 'held', forced: true },
        { stream: 'wiki.page_visit', state: 'accepted', rate: null, delivery: 'answered', forced: false },
      ]);
      expect(sentBy(world, load, 'wiki.half')).toHaveLength(0);
      expect(sentBy(world, load, 'wiki.page_visit')).toHaveLength(1);
      expect(await browser.page.badge()).not.toBe('');
    }
    report({ cell: 'force-in', browser: name, policy: 'hold-forced', loads, obeyed: loads, leaked: 0 });
  });

  it('delivers a forced event with its configured rate under `deliver`', async () => {
    world = await openWorld(name);
    const { browser, wiki, override } = world;
    await override({ ...HALF, policy: 'deliver' });
    const loads = times(2, 50);
    for (let load = 0; load < loads; load += 1) {
      await browser.page.goto(`${wiki.url}wiki/Blank?${first(load)}`);
      await until('the forced event at the intake', () => sentBy(world as World, load, 'wiki.half').length > 0);
      expect(sentBy(world, load, 'wiki.half')).toMatchObject([{ sample: { unit: 'session', rate: 0.5 } }]);
    }
    report({ cell: 'force-in', browser: name, policy: 'deliver', loads, obeyed: loads });
  });

  it('ends with the tab: a new tab, and the same page after everything is off, decide by themselves', async () => {
    world = await openWorld(name);
    const { browser, wiki, override } = world;
    await override({ ...HALF, policy: 'hold-forced' });
    const other = await browser.newPage();
    await other.goto(`${wiki.url}wiki/Blank?${first(900)}`);
    await other.waitFor(READY);
    await until('the unforced event of the other tab', () => sentBy(world as World, 900, 'wiki.page_visit').length > 0);
    expect(sentBy(world, 900, 'wiki.half')).toHaveLength(0);
    expect(await other.badge()).toBe('');
    await other.close();

    await override(null);
    expect(await browser.page.badge()).toBe('');
    await browser.page.goto(`${wiki.url}wiki/Blank?${first(901)}`);
    const all = await world.until('the calls without an override', records =>
      records.some(({ page, delivery }) => page.url.includes('first=901&') && delivery.state === 'answered'),
    );
    const dropped = all.find(({ page, stream }) => page.url.includes('first=901&') && stream === 'wiki.half');
    expect(dropped).toMatchObject({ decision: { state: 'dropped', reason: 'out-of-sample' }, override: null });
  });

  it('ends in all tabs by the shortcut', async () => {
    world = await openWorld(name);
    const { browser, wiki, panel, override } = world;
    const other = await browser.newPage();
    await other.goto(`${wiki.url}wiki/Blank`);
    await override({ ...HALF, policy: 'hold-forced' });
    await panel.evaluate(
      `(globalThis.browser ?? chrome).runtime.sendMessage(${JSON.stringify({
        request: 'override.set',
        tab: other.tab,
        override: { ...HALF, policy: 'hold-all', until: Date.now() + 3_600_000 },
      })})`,
    );
    const badges = async () => [await browser.page.badge(), await other.badge()];
    expect(await badges()).toEqual(['ON', 'ON']);
    await browser.shortcut('everything-off');
    await until('both badges to go', async () => (await badges()).join('') === '');
    await panel.waitFor(`document.querySelector('.bar.override') === null`);
    const rules = `(globalThis.browser ?? chrome).declarativeNetRequest.getSessionRules().then(rules => rules.length)`;
    expect(await browser.backgroundEvaluate(rules)).toBe(0);
  });
});
