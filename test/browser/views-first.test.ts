/** First use, in real DevTools of a fresh browser: from Overview, which is there by itself, to why an instrument sends nothing. */

import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Browser, Panel } from '../../src/cli/browsers/types.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { TOUR_PATH } from '../wiki/tour.ts';
import { violations } from './support/axe.ts';
import { BROWSERS, extensionOf, until } from './support/world.ts';

const REASON = /Out of sample: the session id [0-9a-f]{8}… is 0\.\d+, not below the rate 1e-10\./;
/** In sample at a rate of a half, and at no lower one. */
const SESSION = '40000000c0ffee00c0ff';
const HOST = 'wiki.example.test';

describe.each(BROWSERS)('%s', name => {
  let wiki: Wiki;
  let browser: Browser;
  let panel: Panel;
  /** Clicks and keys, each of which is one input. */
  let inputs: number;

  async function begin(path: string, isInDevTools = true): Promise<void> {
    inputs = 0;
    wiki = await startWiki({ lingerSeconds: 600 });
    browser = await openBrowser({
      browser: name,
      extension: extensionOf(name),
      switches: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`],
      preferences: { 'network.dns.localDomains': HOST },
    });
    await browser.page.goto(
      path.startsWith('http') ? path.replace('PORT', String(wiki.port)) : new URL(path, wiki.url).href,
    );
    panel = await (isInDevTools ? browser.page.panel() : browser.page.panelPage());
  }
  afterEach(async () => {
    await browser.close();
    await wiki.close();
  });

  async function click(selector: string): Promise<void> {
    inputs++;
    await panel.click(selector);
  }
  /** Gives the first element with this text an id, by which it can be clicked. */
  const named = async (selector: string, text: string) => {
    await panel.waitFor(
      `(e => e && (e.id = 'named'))([...document.querySelectorAll('${selector}')].find(one => one.innerText.includes('${text}')))`,
    );
    return '#named';
  };
  const screen = (says: RegExp) =>
    until(`a screen that says ${says}`, async () => says.test(await panel.text('#view')));

  it('tells in one input why an instrument that was used sent nothing', async () => {
    await begin(`${TOUR_PATH}&session=${SESSION}`);
    // What it says by itself.
    expect(await panel.text('#tab-overview[aria-selected=true]')).toBe('Overview');
    await screen(/Dropped, and why\s+14/);
    await screen(/7 instruments\s+3 are out of sample:/);
    const overview = await panel.text('#view');
    for (const text of [
      /Clients\s+EventLogging, Test Kitchen/,
      /Wiki\s+embeddedwiki/,
      /Wrong/,
      /Emitted/,
      /What this page can emit/,
    ])
      expect(overview).toMatch(text);
    expect(overview).toMatch(/22 streams/);
    expect(overview).toMatch(/5 experiments/);
    expect(await panel.text('.overview .next')).toMatch(/^Next: .*See/);

    await click(await named('.overview .line', 'wiki-rare'));
    await screen(/wiki-rare/);
    await panel.waitFor(`document.querySelector('.details')`);
    const details = await panel.text('.details');
    expect(details).toMatch(/wiki-rare/);
    expect(details).toMatch(/dropped\s+out-of-sample/);
    expect(details).toMatch(REASON);
    expect(inputs).toBeLessThanOrEqual(3);
  });

  it('tells in two inputs why an instrument would send nothing that was never used', async () => {
    await begin(`/wiki/Blank?instruments=wiki-search&session=${SESSION}`);
    // It has asked for an identifier, as any page does that uses an instrument: else nobody knows yet.
    await screen(/7 instruments\s+3 are out of sample:/);
    const overview = await panel.text('#view');
    expect(overview).toMatch(/^.*Next: /m);
    expect(overview).toMatch(/The clients dropped no call\./);
    expect(overview).toMatch(/3 are out of sample:\s+See Sampling\s+wiki-app-only\s+wiki-off\s+wiki-rare/);

    await click(await named('.overview .link', 'See Sampling'));
    await screen(/wiki-rare/);
    expect(await panel.text('#tab-sampling[aria-selected=true]')).toBe('Sampling');
    const row = await named('.sampling .row', 'wiki-rare');
    expect(await panel.text(row)).toMatch(/wiki-rare\s+Instrument\s+out\s+session\s+1e-10/);

    await click(`${row} .explain`);
    await panel.waitFor(`document.querySelector('.what-if')`);
    const why = await panel.text('.what-if');
    expect(why).toMatch(/wiki-rare/);
    expect(why).toMatch(/Out\b/);
    expect(why).toMatch(/1e-10/);
    expect(inputs).toBeLessThanOrEqual(3);
  });

  it('says of a page without clients that it has none, and of a site without permission how to give it', async () => {
    await begin('/wiki/Blank?clients=0');
    await screen(/No Metrics Platform client on this page yet/);
    await browser.page.goto(`http://${HOST}:${wiki.port}/wiki/Blank`);
    // What the page before had is still in the log, so that nothing is empty; in a panel opened here it is.
    await panel.close();
    const own = await browser.page.panelPage();
    await own.waitFor(`document.querySelector('.empty')?.dataset.why === 'waiting'`);
    expect(await own.text('.empty')).toMatch(/Waiting for the page\s+Nothing came from this tab yet/);
    expect(await violations(own)).toEqual([]);
  });

  it('has a button for a site’s permission', async () => {
    await begin(`http://${HOST}:PORT/wiki/Blank`);
    await screen(/No permission for this site/);
    const [href = '', text = ''] = await panel.evaluate<string[]>(
      `(a => [a.getAttribute('href'), a.innerText])(document.querySelector('.empty a.primary'))`,
    );
    expect(href).toBe(`popup.html?origin=${encodeURIComponent(`http://${HOST}:${wiki.port}`)}`);
    expect(text).toBe(`Allow on http://${HOST}:${wiki.port}`);
    for (const view of ['timeline', 'sampling', 'experiments', 'catalogue', 'sessions']) {
      await panel.click(`#tab-${view}`);
      await screen(/No permission for this site/);
    }
    expect(await violations(panel)).toEqual([]);
  });

  it('says that the extension is gone, and loads itself again', async () => {
    await begin('/wiki/Blank?clients=0', false);
    // As the browser leaves it to a page whose extension was updated: there is no API any more.
    await panel.evaluate(`(api => {
      for (const [object, name] of [[api.runtime, 'id'], [api, 'runtime']])
        Object.defineProperty(object, name, { value: undefined, configurable: true });
    })(globalThis.browser ?? chrome)`);
    await browser.stopBackground();
    await panel.waitFor(`document.querySelector('.bar.problem .button')`, undefined, { timeout: 30_000 });
    expect(await panel.text('.bar.problem')).toMatch(/The extension was updated or switched off\./);
    await panel.click('.bar.problem .button');
    await panel.waitFor(`document.documentElement.dataset.ready === 'true' && !document.querySelector('.bar.problem')`);
  });
});
