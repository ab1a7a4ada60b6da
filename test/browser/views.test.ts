/** Each view as its users meet it: at first use, by keyboard alone, with a reader's aids, in another language, under attack. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/panel/store/state.ts';
import { TOUR_PATH } from '../wiki/tour.ts';
import { violations } from './support/axe.ts';
import { show as showIn } from './support/views.ts';
import { BROWSERS, openWorld, READY, type World } from './support/world.ts';

/** Source: what has the focus. */
const FOCUS = `(e => e && (e.getAttribute('aria-label') ?? e.innerText))(document.activeElement)`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 600 });
    await world.browser.page.goto(new URL(TOUR_PATH, world.wiki.url).href);
    await world.browser.page.waitFor(READY);
    await world.until('the tour', records => records.length > 30);
    await world.panel.evaluate('inspector.settled()');
  });
  afterAll(() => world.close());

  const show = (view: string) => showIn(world.panel, view);

  it('has nothing left of the document’s first picture', async () => {
    expect(await world.panel.evaluate(`document.querySelector('.starting')`)).toBeNull();
  });

  it('leads from Overview to the reason why an instrument sends nothing, in one click', async () => {
    const { panel } = world;
    await show('overview');
    const overview = await panel.text('.overview');
    for (const text of [
      'EventLogging, Test Kitchen',
      'Wrong',
      'Dropped, and why',
      'Emitted',
      'What this page can emit',
      '7 instruments',
    ])
      expect(overview).toContain(text);
    expect(await panel.text('.overview .next')).toMatch(/^Next: /);
    const line = `[...document.querySelectorAll('.overview .line')].find(one => one.innerText.includes('wiki-rare'))`;
    expect(await panel.evaluate(`${line}.innerText`)).toMatch(
      /Out of sample: the session id .* not below the rate 1e-10/,
    );
    await panel.evaluate(`${line}.id = 'rare'`);
    await panel.click('#rare');
    await panel.waitFor(`document.querySelector('.details')`);
    const details = await panel.text('.details');
    expect(details).toContain('wiki-rare');
    expect(details).toMatch(/dropped\s+out-of-sample/);
    expect(details).toMatch(/Out of sample: the session id .* not below the rate 1e-10/);
  });

  it('has the line of a call that another view has chosen in sight, however long the list is', async () => {
    const { panel } = world;
    await panel.evaluate(`void (document.querySelector('#root').style.height = '300px')`);
    await show('overview');
    const first = `[...document.querySelectorAll('.overview .line')].find(one => one.innerText.includes('wiki.off'))`;
    await panel.evaluate(`${first}.id = 'first'`);
    await panel.click('#first');
    await panel.waitFor(`document.querySelector('.details')`);
    const drawn = 'new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))';
    for (let i = 0; i < 5; i++) await panel.evaluate(drawn);
    const isInSight = await panel.evaluate<boolean>(
      `(([list, row]) => Boolean(row) && row.top >= list.top && row.bottom <= list.bottom)(
        ['#events', '#events .row[aria-selected=true]'].map(one => document.querySelector(one)?.getBoundingClientRect()))`,
    );
    await panel.evaluate(`void (document.querySelector('#root').style.height = '')`);
    expect(isInSight).toBe(true);
  });

  it('does the main job by keyboard alone: from the tabs to a call, its reason, and back', async () => {
    const { panel } = world;
    await show('overview');
    await panel.evaluate(`void document.querySelector('#tab-overview').focus()`);
    await panel.press('ArrowRight');
    await panel.waitFor(`document.activeElement?.id === 'tab-events'`);
    for (let i = 0; i < 40 && !(await panel.evaluate(`document.activeElement?.id === 'events'`)); i++)
      await panel.press('Tab');
    expect(await panel.evaluate(`document.activeElement?.id`)).toBe('events');
    await panel.press('Home');
    const dropped = `document.querySelector('#events [aria-selected=true][data-decision=dropped]')`;
    for (let i = 0; i < 12 && !(await panel.evaluate(`${dropped} !== null`)); i++) await panel.press('ArrowDown');
    expect(await panel.evaluate(`${dropped} !== null`)).toBe(true);
    await panel.press('Enter');
    await panel.waitFor(`document.querySelector('.details')?.contains(document.activeElement)`);
    expect(await panel.text('.details')).toMatch(/Out of sample: the session id/);
    await panel.press('Escape');
    await panel.waitFor(`document.querySelector('.details') === null && document.activeElement?.id === 'events'`);
    await panel.press('?');
    await panel.waitFor(`document.querySelector('dialog.keys').open`);
    expect(await panel.text('dialog.keys')).toContain('Everything off');
    await panel.press('Escape');
    await panel.waitFor(`!document.querySelector('dialog.keys').open`);
  });

  it('walks the timeline by keyboard, and opens the call of a mark', async () => {
    const { panel } = world;
    await show('timeline');
    await panel.waitFor(`document.querySelectorAll('.timeline .lane path.mark').length > 10`);
    await panel.evaluate(`void document.querySelector('.plots').focus()`);
    await panel.press('ArrowDown');
    await panel.press('ArrowDown');
    await panel.press('+');
    await panel.press('End');
    const here = await panel.waitFor<string>(
      `(text => !text.startsWith('Click') && text)(document.querySelector('#timeline-here').innerText)`,
    );
    expect(here).toContain('wiki.');
    await panel.press('Enter');
    await panel.waitFor(
      `document.querySelector('#tab-events').ariaSelected === 'true' && document.querySelector('.details')`,
    );
    expect(here).toContain(await panel.evaluate<string>(`document.querySelector('.details h2 bdi').innerText`));
  });

  it.each(['light', 'dark'])('has nothing that axe finds against WCAG 2.2 AA, in no view (%s)', async theme => {
    const { panel } = world;
    await panel.evaluate(`void (document.documentElement.dataset.theme = '${theme}')`);
    const found: string[] = [];
    for (const view of VIEWS) {
      await show(view);
      found.push(...(await violations(panel)).map(one => `${view}: ${one}`));
    }
    await panel.evaluate(`void delete document.documentElement.dataset.theme`);
    expect(found).toEqual([]);
  });

  it.each([400, 700, 1_600])('keeps within %i pixels of width, in every view', async width => {
    const { panel } = world;
    await panel.evaluate(`void (document.querySelector('#root').style.width = '${width}px')`);
    for (const view of VIEWS) {
      await show(view);
      const beyond = await panel.evaluate<string[]>(
        `[...document.querySelectorAll('#root > *')].filter(e => e.scrollWidth > ${width} + 1).map(e => e.className)`,
      );
      expect([view, beyond]).toEqual([view, []]);
    }
    await panel.evaluate(`void (document.querySelector('#root').style.width = '')`);
  });

  it('shows the reader’s place: the focus is somewhere in every view', async () => {
    for (const view of VIEWS) {
      await show(view);
      await world.panel.press('Tab');
      expect([view, await world.panel.evaluate(FOCUS)]).not.toEqual([view, null]);
    }
  });
});
