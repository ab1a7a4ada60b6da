/** What a hostile page puts into names, configs, identifiers, addresses, schemas and events: text in its place, in every view. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Surface } from '../../src/cli/browsers/types.ts';
import { type View, VIEWS } from '../../src/panel/store/state.ts';
import { NASTY, startHostilePage } from './support/hostile-page.ts';
import { show, WIDE } from './support/views.ts';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

/** Source: elements that the panel does not make, and what the page's own script would have left. */
const FOREIGN = `[globalThis.hacked, ...[...document.querySelectorAll('img, iframe, b > script, body script, i > i')].map(e => e.outerHTML.slice(0, 80))].filter(Boolean)`;

/** Source: clicks each of the first of these in turn, and waits until that is drawn. */
const clickEach = (selector: string, most = 12) => `(async () => {
  const count = Math.min(document.querySelectorAll(${JSON.stringify(selector)}).length, ${most});
  for (let i = 0; i < count; i++) {
    document.querySelectorAll(${JSON.stringify(selector)})[i]?.click();
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  }
  return count;
})()`;

/** What is opened in a view, that hides something at first; each is looked at when it is open. */
const OPENED: { readonly [V in View]?: string[] } = {
  events: ['#events .row:nth-child(2)', '#events .row:nth-child(6)'],
  timeline: [],
  sampling: ['.sampling .row:nth-child(1) .explain', '.sampling .row:nth-child(3) .explain'],
  experiments: ['.cards summary'],
  catalogue: ['.catalogue section:nth-of-type(1) .entry', '.catalogue section:nth-of-type(2) .entry'],
  tests: ['.tests .inline > .button'],
};

describe.each(BROWSERS)('%s', name => {
  let world: World;
  let hostile: Awaited<ReturnType<typeof startHostilePage>>;
  beforeAll(async () => {
    hostile = await startHostilePage();
    world = await openWorld(name);
    const { browser, panel } = world;
    await panel.evaluate(`inspector.setRepositories(['${hostile.schemas}'])`);
    await browser.page.goto(hostile.url);
    await world.until('the hostile calls', records => records.filter(({ api }) => api === 'submit').length >= 8);
    await panel.evaluate('inspector.settled()');
  });
  afterAll(async () => {
    await world.close();
    hostile.close();
  });

  async function look(surface: Surface, where: string): Promise<void> {
    expect([where, await surface.evaluate(FOREIGN)]).toEqual([where, []]);
    const text = await surface.text('body');
    // eslint-disable-next-line no-control-regex
    const isTurned = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\u0000]|[\ud800-\udbff](?![\udc00-\udfff])/.test(text);
    expect([where, isTurned, text.length < 200_000]).toEqual([where, false, true]);
  }

  it.each(VIEWS)('in %s', async view => {
    const { panel } = world;
    await show(panel, view);
    await look(panel, view);
    expect(await panel.evaluate(WIDE)).toEqual([]);
    for (const selector of OPENED[view] ?? []) {
      expect(await panel.evaluate<number>(clickEach(selector, 3)), selector).toBeGreaterThan(0);
      await look(panel, `${view} ${selector}`);
      expect(await panel.evaluate(WIDE)).toEqual([]);
    }
  });

  it('says in the views what the page said, as text', async () => {
    const { panel } = world;
    const [markup = ''] = NASTY;
    for (const view of [
      'overview',
      'events',
      'timeline',
      'sampling',
      'experiments',
      'catalogue',
      'sessions',
    ] as const) {
      await show(panel, view);
      await panel.waitFor(`document.querySelector('#view').innerText.includes('<img src=x')`, undefined, {
        what: view,
      });
    }
    await show(panel, 'identifiers');
    expect(await panel.text('#view')).toContain('\\u202egnirts desrever');
    await show(panel, 'catalogue');
    await panel.evaluate(clickEach('.catalogue nav section:nth-of-type(1) .entry', 1));
    expect(await panel.text('.catalogue .pane')).toContain(markup);
  });

  it('shows the docs of a hostile schema as text', async () => {
    const { panel } = world;
    await show(panel, 'catalogue');
    await panel.evaluate(
      `[...document.querySelectorAll('.catalogue .entry')].find(e => e.innerText.trim() === '/hostile/schema/1.0.0').click()`,
    );
    await panel.waitFor(`document.querySelector('.catalogue .fields')`);
    expect(await panel.text('.catalogue .pane')).toContain('<script>globalThis.hacked=1</script>');
    await look(panel, 'schema');
    expect(await panel.evaluate(WIDE)).toEqual([]);
  });

  it('walks marks of hostile streams in the timeline', async () => {
    const { panel } = world;
    await show(panel, 'timeline');
    await panel.evaluate(`void document.querySelector('.plots').focus()`);
    for (let i = 0; i < 4; i++) {
      await panel.press('ArrowDown');
      await look(panel, 'timeline');
      expect(await panel.evaluate(WIDE)).toEqual([]);
    }
  });

  it('in the popup: rules with hostile names, an address that is none', async () => {
    const popup = await world.browser.extensionPage(`popup.html?origin=${encodeURIComponent(NASTY[0] ?? '')}`);
    await look(popup, 'popup');
    const rules = NASTY.slice(0, 2).map(one => ({ stream: one, sample: 'in' }));
    await popup.evaluate(
      `(async api => {
        const { id } = await api.tabs.getCurrent();
        await api.tabs.update(id, { active: true });
        const override = { rules: ${JSON.stringify(rules)}, policy: 'hold-forced', until: Date.now() + 3_600_000 };
        const answer = await api.runtime.sendMessage({ request: 'override.set', tab: id, override });
        if (answer?.error) throw new Error(answer.error);
      })(globalThis.browser ?? chrome)`,
    );
    await popup.goto(`${world.browser.extension}popup.html`);
    await until('the rules in the popup', () =>
      popup.evaluate<boolean>(`document.querySelector('.in-force') !== null`),
    );
    expect(await popup.text('.in-force')).toContain('<img src=x');
    await look(popup, 'popup with rules');
    await popup.close();
  });

  it('has left nothing in the panel’s console', async () => {
    expect(await world.browser.errors()).toEqual([]);
  });
});
