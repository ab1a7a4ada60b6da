/** Under rules: what is sent while a page is left, and the exposure log, which a held exposure must not fill. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, Record } from '../../src/record/record.ts';
import { type UserIntake, startIntake } from './support/user-intake.ts';
import { BROWSERS, openWorld, READY, until, type World } from './support/world.ts';

const isPageLeave = (event: Json) =>
  event !== null && typeof event === 'object' && !Array.isArray(event) && event['action'] === 'page_leave';

describe.each(BROWSERS)('%s', browser => {
  let world: World;
  let own: UserIntake;
  beforeAll(async () => {
    own = await startIntake();
    world = await openWorld(browser, {}, { lingerSeconds: 600 });
  });
  afterAll(async () => {
    await world.close();
    own.close();
  });

  it('redirects what is sent while the page is left', async () => {
    const { page } = world.browser;
    await world.override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'redirect', target: own.url });
    own.events.length = 0;
    world.wiki.clearReceived();
    await page.goto(`${world.wiki.url}wiki/Blank?pagehide=5`);
    await page.waitFor(READY);
    await page.goto(`${world.wiki.url}wiki/Blank?clients=0`);
    const left = () => own.events.filter(isPageLeave).length;
    await until('all five calls at the other intake', () => left() === 5);
    expect(world.wiki.received.flatMap(({ events }) => events)).toEqual([]);
  });

  it('keeps the exposure log aside: a held exposure does not suppress the real one', async () => {
    const { page } = world.browser;
    const exposures = (all: Record[], tag: string) =>
      all.filter(({ api, page: { url } }) => api === 'sendExposure' && url.includes(`tag=${tag}&`));
    const visit = async (tag: string) => {
      await page.goto(`${world.wiki.url}wiki/Blank?tag=${tag}&exposure=wiki-welcome&calls=exposure`);
      const all = await world.until(`the exposure of ${tag}`, records => {
        const mine = exposures(records, tag);
        return mine.length > 0 && mine.every(({ delivery }) => !['queued', 'sent'].includes(delivery.state));
      });
      return exposures(all, tag).map(({ decision, delivery }) => [decision.reason ?? decision.state, delivery.state]);
    };
    const LOG = `Object.keys(sessionStorage).filter(key => key.startsWith('tk_exposure'))`;
    await world.override({ rules: [{ exposures: 'clear' }], policy: 'hold-forced' });
    await page.goto(`${world.wiki.url}wiki/Blank`);
    await page.evaluate('sessionStorage.clear()');
    world.wiki.clearReceived();
    expect(await visit('held')).toEqual([['accepted', 'held']]);
    expect(await page.evaluate(LOG)).toEqual([]);
    await world.override(null);
    expect(await visit('real')).toEqual([['accepted', 'answered']]);
    expect(await page.evaluate(LOG)).toHaveLength(1);
    expect(world.wiki.received).toHaveLength(1);
    expect(await visit('again')).toEqual([['exposure-already-sent', 'none']]);
    await world.override({ rules: [{ exposures: 'clear' }], policy: 'hold-forced' });
    expect(await visit('cleared')).toEqual([['accepted', 'held']]);
    expect(world.wiki.received).toHaveLength(1);
    await world.override(null);
  });
});
