/** What one is used to of a tool in DevTools: its light, its letters, its keys; and what there is without DevTools. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { OpenOptions, Page, Panel } from '../../src/cli/browsers/types.ts';
import type { Record } from '../../src/record/record.ts';
import { violations } from './support/axe.ts';
import { BROWSERS, eventSource, openWorld, READY, until, type World } from './support/world.ts';

const DARK = 'rgb(23, 25, 28)';
const LIGHT = 'rgb(255, 255, 255)';
const BACKGROUND = 'getComputedStyle(document.documentElement).backgroundColor';

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** A profile of Chromium whose DevTools are dark; its other settings are the driver's. */
function darkProfile(): string {
  const profile = mkdtempSync(join(tmpdir(), 'inspector-dark-'));
  folders.push(profile);
  mkdirSync(join(profile, 'Default'));
  const settings = { currentDockState: '"bottom"', 'ui-theme': '"dark"', uiTheme: '"dark"' };
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({
      extensions: { ui: { developer_mode: true } },
      devtools: { preferences: settings, synced_preferences_sync_disabled: settings },
    }),
  );
  return profile;
}

/** Source: how many tabs there are; -1 where DevTools pages have no API to tell. */
const TABS = `Promise.resolve((globalThis.browser ?? chrome).tabs?.query({})).then(all => all?.length ?? -1)`;

/** Source: presses a chord, by the place of its key. */
const chord = (code: string) =>
  `void document.dispatchEvent(new KeyboardEvent('keydown', { code: '${code}', altKey: true, shiftKey: true, bubbles: true, cancelable: true }))`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  afterEach(() => world.close());

  const open = async (options: Partial<OpenOptions> = {}): Promise<Panel> => {
    world = await openWorld(name, options, { lingerSeconds: 600 });
    return world.panel;
  };

  it('is as dark as the system in a tab of its own, and its letters go with the user’s', async () => {
    const panel = await open({
      switches: ['--blink-settings=preferredColorScheme=0,defaultFontSize=20'],
      preferences: {
        'ui.systemUsesDarkTheme': 1,
        'layout.css.prefers-color-scheme.content-override': 0,
        'font.size.variable.x-western': 20,
      },
    });
    expect(await panel.evaluate(BACKGROUND)).toBe(DARK);
    expect(await panel.evaluate('getComputedStyle(document.documentElement).fontSize')).toBe('15px');
  });

  it('is as light or as dark as DevTools in DevTools, whatever the system is', async () => {
    await open();
    const inLight = await world.browser.page.panel();
    expect([
      await inLight.evaluate('document.documentElement.dataset.theme'),
      await inLight.evaluate(BACKGROUND),
    ]).toEqual(['light', LIGHT]);
    await world.close();
    await open({
      ...(name === 'chromium' && { profile: darkProfile() }),
      preferences: { 'devtools.theme': 'dark' },
    });
    const inDark = await world.browser.page.panel();
    expect([
      await inDark.evaluate('document.documentElement.dataset.theme'),
      await inDark.evaluate(BACKGROUND),
    ]).toEqual(['dark', DARK]);
  });

  it('opens as a page in a tab of its own, which shows the same records and has no such button', async () => {
    await open();
    const { browser } = world;
    await browser.page.goto(`${world.wiki.url}wiki/Tour?mpo=wiki-palette:blue`);
    await browser.page.waitFor(READY);
    const panel = await browser.page.panel();
    const tabs = () => panel.evaluate<number>(TABS);
    const before = await tabs();
    const href = await panel.evaluate<string>(
      `document.querySelector('.toolbar a[target=_blank]').getAttribute('href')`,
    );
    expect(href).toBe(`panel.html?tab=${browser.page.tab}`);
    await panel.click('.toolbar a[target=_blank]');
    if (before >= 0) await until('one more tab', async () => (await tabs()) === before + 1);

    const own = await browser.extensionPage(href);
    await own.waitFor(`globalThis.inspector?.ready && inspector.records().length > 30`);
    const ids = `inspector.records().map(one => one.id).join()`;
    await until('the same records', async () => (await own.evaluate(ids)) === (await panel.evaluate(ids)));
    expect(await own.evaluate(`document.querySelector('.toolbar a[target=_blank]')`)).toBeNull();
  });

  it('has keys for everything off and for flush, in every view', async () => {
    const panel = await open();
    const { browser, wiki } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await browser.page.waitFor(READY);
    await browser.page.evaluate(`mw.eventLog.submit('wiki.page_visit', ${eventSource(`'flushed'`)})`);
    await world.until('the call', (all: Record[]) => all.some(({ stream }) => stream === 'wiki.page_visit'));
    await panel.click('#tab-sessions');
    expect(wiki.received).toEqual([]);
    await panel.evaluate(chord('KeyU'));
    await until('the event at the intake', () => wiki.received.length > 0);
    await world.override({ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'hold-forced' });
    await panel.waitFor(`document.querySelector('.bar.override')`);
    await panel.evaluate(chord('KeyO'));
    await panel.waitFor(`!document.querySelector('.bar.override')`);
  });

  it('says why in a cell of the list while that is pointed at, of the call that it shows then', async () => {
    const panel = await open();
    const { browser, wiki } = world;
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await browser.page.waitFor(READY);
    await browser.page.evaluate(`mw.eventLog.submit('wiki.never_heard_of', ${eventSource(`'hinted'`)})`);
    await world.until('the call', all => all.some(({ stream }) => stream === 'wiki.never_heard_of'));
    await panel.click('#tab-events');
    const cell = `document.querySelector('#events .row[data-decision="dropped"] .decision')`;
    await panel.waitFor(cell);
    const point = (type: string) =>
      panel.evaluate<string | null>(
        `(cell => (cell.firstChild.dispatchEvent(new PointerEvent('${type}', { bubbles: true })), cell.getAttribute('title')))(${cell})`,
      );
    expect(await point('pointerover')).toMatch(/config/i);
    expect(await point('pointerout')).toBeNull();
  });

  it('gives state, everything off and permission in the popup, without DevTools, by keyboard too', async () => {
    await open();
    const { browser } = world;
    await world.panel.close();
    const popup: Page = await browser.extensionPage('popup.html');
    const override = `{ rules: [{ stream: 'wiki.rare', sample: 'in' }], policy: 'hold-forced', until: Date.now() + 3_600_000 }`;
    // The popup is about the tab in front: here its own.
    const id = await popup.evaluate<number>(`(async api => {
      const { id } = await api.tabs.getCurrent();
      await api.tabs.update(id, { active: true });
      const answer = await api.runtime.sendMessage({ request: 'override.set', tab: id, override: ${override} });
      if (answer?.error) throw new Error(answer.error);
      return id;
    })(globalThis.browser ?? chrome)`);
    await popup.goto(`${browser.extension}popup.html`);
    await popup.waitFor(`document.querySelector('.in-force')`);
    expect(await popup.text('.popup')).toMatch(/Metrics Platform Inspector\s+Override: 1 rule/);
    expect(await popup.text('.in-force')).toContain('wiki.rare');
    for (const theme of ['light', 'dark']) {
      await popup.evaluate(`void (document.documentElement.dataset.theme = '${theme}')`);
      expect([theme, await violations(popup)]).toEqual([theme, []]);
    }
    await popup.evaluate(`void document.querySelector('.in-force button').focus()`);
    await popup.press('Enter');
    await popup.waitFor(`!document.querySelector('.in-force')`);
    expect(await popup.text('.popup')).toContain('No override in this tab.');
    const left = `(globalThis.browser ?? chrome).runtime.sendMessage({ request: 'override.get', tab: ${id} })`;
    expect(await popup.evaluate(left)).toBeNull();

    await popup.goto(`${browser.extension}popup.html?origin=${encodeURIComponent(world.wiki.url.slice(0, -1))}`);
    await popup.waitFor(`document.querySelector('[data-tone=good]')`);
    expect(await popup.text('.popup')).toContain(`May look at ${world.wiki.url.slice(0, -1)}`);
    await popup.goto(`${browser.extension}popup.html?origin=https%3A%2F%2Felsewhere.example`);
    await popup.waitFor(`document.querySelector('.primary')`);
    expect(await popup.text('.popup')).toMatch(
      /May not look at https:\/\/elsewhere\.example yet\.\s+Allow on https:\/\/elsewhere\.example/,
    );
    await popup.close();
  });
});
