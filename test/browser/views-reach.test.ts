/** The panel for those who enlarge it, who see no motion, who listen to it, and who have no mouse. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/panel/store/state.ts';
import { TOUR_PATH } from '../wiki/tour.ts';
import { announced, listen } from './support/announced.ts';
import { show } from './support/views.ts';
import { BROWSERS, eventSource, openWorld, READY, type World } from './support/world.ts';

/** Source: zooms the panel's own tab as its user does, until it is about so many CSS pixels wide; answers how wide. */
const zoomTo = (width: number) => `(async api => {
  const { id } = await api.tabs.getCurrent();
  const outer = innerWidth * await api.tabs.getZoom(id);
  const zoomed = new Promise(resolve => addEventListener('resize', resolve, { once: true }));
  await api.tabs.setZoom(id, outer / ${width});
  await zoomed;
  return innerWidth;
})(globalThis.browser ?? chrome)`;

/** Source: what can be operated and is not within the window's width, outside of what is meant to be scrolled. */
const OUT_OF_REACH = `[...document.querySelectorAll('button, a, input, select, textarea')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.tabs, .unseen, [role=tree]') && !e.matches('.unseen'))
  .filter(e => (r => r.left < -1 || r.right > innerWidth + 1)(e.getBoundingClientRect()))
  .map(e => e.outerHTML.slice(0, 120))`;

/** Source: what scrolls sideways; texts of one line each may, and so may the row of tabs. */
const SIDEWAYS = `[...document.querySelectorAll('*')]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
  .filter(e => !e.matches('.tabs, textarea, input, pre, .query, [role=tree]'))
  .map(e => e.tagName + '.' + e.className + ' ' + [...e.querySelectorAll('*')].find(one => one.getBoundingClientRect().right > e.getBoundingClientRect().right + 1)?.outerHTML.slice(0, 150))`;

/** Source: what moves, or would. */
const MOVING = `[...document.querySelectorAll('*')].filter(e => {
  const { animationName, transitionDuration } = getComputedStyle(e);
  return animationName !== 'none' || transitionDuration.split(', ').some(one => one !== '0s');
}).map(e => e.tagName + '.' + e.className)`;

/** Source: what has the focus. */
const FOCUS = `(e => {
  const { top, bottom, left, right } = e.getBoundingClientRect();
  // The query has its frame around the field and what is in it.
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(e.closest('.query') ?? e);
  const name = e.getAttribute('aria-label') ?? (e.labels?.[0]?.innerText || e.innerText || e.title);
  return {
    what: e.tagName + '#' + e.id + '.' + e.className + ' ' + String(name).slice(0, 40),
    isNamed: Boolean(name || e.getAttribute('aria-labelledby')),
    inSight: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    // Firefox without a screen has no window in front, and only there does it draw the focus.
    isOutlined: !document.hasFocus() || (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none',
    top,
  };
})(document.activeElement)`;

interface Focus {
  what: string;
  isNamed: boolean;
  inSight: boolean;
  isOutlined: boolean;
}

/** So many presses of the tab key lead through any view. */
const MOST = 80;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    const options = { switches: ['--force-prefers-reduced-motion'], preferences: { 'ui.prefersReducedMotion': 1 } };
    world = await openWorld(name, options, { lingerSeconds: 600 });
    await world.browser.page.goto(new URL(TOUR_PATH, world.wiki.url).href);
    await world.browser.page.waitFor(READY);
    await world.until('the tour', records => records.length > 30);
    await world.panel.evaluate('inspector.settled()');
  });
  afterAll(() => world.close());

  it.each([400, 640])('zoomed until it has %i pixels of width, every view keeps all within reach', async width => {
    const { panel } = world;
    expect(Math.abs((await panel.evaluate<number>(zoomTo(width))) - width)).toBeLessThan(16);
    const found: unknown[] = [];
    for (const view of VIEWS) {
      await show(panel, view);
      for (const source of [OUT_OF_REACH, SIDEWAYS])
        found.push(...(await panel.evaluate<string[]>(source)).map(one => [view, one]));
      expect(await panel.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
    await panel.evaluate(zoomTo(1_200));
    expect(found).toEqual([]);
  });

  it('moves nothing where its user wants no motion', async () => {
    const { panel } = world;
    expect(await panel.evaluate(`matchMedia('(prefers-reduced-motion: reduce)').matches`)).toBe(true);
    const found: unknown[] = [];
    for (const view of VIEWS) {
      await show(panel, view);
      found.push(...(await panel.evaluate<string[]>(MOVING)).map(one => [view, one]));
      expect([view, await panel.evaluate('document.getAnimations().length')]).toEqual([view, 0]);
    }
    expect(found).toEqual([]);
  });

  it('leads the focus through each view, always in sight, named and outlined, and out again', async () => {
    const { panel } = world;
    for (const view of VIEWS) {
      await show(panel, view);
      await panel.evaluate(`void document.querySelector('#tab-${view}').focus()`);
      const seen: Focus[] = [];
      for (let i = 0; i < MOST; i++) {
        await panel.press('Tab');
        if (
          await panel.evaluate(
            `document.activeElement === document.body || document.activeElement.id === 'tab-${view}'`,
          )
        )
          break;
        seen.push(await panel.evaluate<Focus>(FOCUS));
      }
      expect([view, seen.filter(one => !one.isNamed || !one.inSight || !one.isOutlined)]).toEqual([view, []]);
      expect(seen.length, view).toBeGreaterThan(5);
    }
  });

  it('has the roles that a screen reader goes by: tabs and their panel, a grid, a tree', async () => {
    const { panel } = world;
    await show(panel, 'events');
    await panel.click('#events [data-decision=accepted]');
    await panel.waitFor(`document.querySelector('.details [role=tree] [role=treeitem]')`);
    expect(
      await panel.evaluate(`[
        document.querySelectorAll('[role=tablist] > [role=tab]').length,
        document.querySelectorAll('[role=tab][tabindex="0"]').length,
        document.querySelector('[role=tabpanel]').getAttribute('aria-labelledby'),
        Number(document.querySelector('[role=grid]').getAttribute('aria-rowcount')) >= 30,
        document.querySelectorAll('[role=grid] [role=row] [role=gridcell]').length > 0,
        document.querySelectorAll('[role=treeitem]:not([aria-level])').length,
      ]`),
    ).toEqual([VIEWS.length, 1, 'tab-events', true, true, 0]);
    await panel.press('Escape');
  });

  it('says little while much comes: no live region more than twice in six seconds, in no view', async () => {
    const { panel, browser } = world;
    await listen(panel);
    const chatter: unknown[] = [];
    for (const view of [
      'overview',
      'events',
      'timeline',
      'sampling',
      'experiments',
      'identifiers',
      'sessions',
    ] as const) {
      await show(panel, view);
      const before = (await announced(panel)).length;
      await browser.page.evaluate(`new Promise(done => {
        const end = performance.now() + 6_000;
        const timer = setInterval(() => {
          for (let i = 0; i < 10; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'chatter.' + i`)});
          if (performance.now() > end) done(clearInterval(timer));
        }, 50);
      })`);
      const heard = (await announced(panel)).slice(before);
      const often = heard.filter(({ region }) => heard.filter(one => one.region === region).length > 2);
      chatter.push(...often.map(one => [view, one]));
    }
    expect(chatter).toEqual([]);
  });
});
