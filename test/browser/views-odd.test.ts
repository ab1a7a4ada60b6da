/** The panel in another language, and from right to left. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { VIEWS } from '../../src/panel/store/state.ts';
import { violations } from './support/axe.ts';
import { show, WIDE } from './support/views.ts';
import { BROWSERS, extensionOf, openWorld, READY, type World } from './support/world.ts';

type Messages = { [key: string]: { message: string } };

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

/** A copy of the packed extension with other texts in place of the English ones. */
function withTexts(
  name: (typeof BROWSERS)[number],
  change: (messages: Messages, of: (language: string) => Messages) => Messages,
) {
  const folder = mkdtempSync(join(tmpdir(), 'inspector-texts-'));
  folders.push(folder);
  cpSync(extensionOf(name), folder, { recursive: true });
  const of = (language: string) =>
    JSON.parse(readFileSync(join(folder, `_locales/${language}/messages.json`), 'utf8')) as Messages;
  writeFileSync(join(folder, '_locales/en/messages.json'), JSON.stringify(change(of('en'), of)));
  return folder;
}

/** Each text longer by half, in Arabic letters, with its parameters: what is not translated shows at once. */
const pseudo = (messages: Messages): Messages => ({
  ...Object.fromEntries(
    Object.entries(messages).map(([key, { message }]) => [
      key,
      {
        message: /^(name|description|panelTitle)$/.test(key)
          ? message
          : `⟦${message.replace(/(?<!\$)[a-z]/gi, 'ع')}عععع⟧`,
      },
    ]),
  ),
  language: { message: 'ar' },
  direction: { message: 'rtl' },
});

async function openTour(world: World, query = ''): Promise<void> {
  await world.browser.page.goto(`${world.wiki.url}wiki/Tour?mpo=wiki-palette:blue${query}`);
  await world.browser.page.waitFor(READY);
  await world.until('the tour', records => records.length > 30);
  await world.panel.evaluate('inspector.settled()');
}

async function inEachView({ panel }: World, look: (view: string) => Promise<void>): Promise<void> {
  for (const view of VIEWS) {
    await show(panel, view);
    await look(view);
  }
}

describe.each(BROWSERS)('%s', name => {
  it('from right to left, with texts half as long again: nothing is left in English or leaves its place', async () => {
    const world = await openWorld(name, { extension: withTexts(name, pseudo) });
    try {
      await openTour(world);
      expect(await world.panel.evaluate('[document.documentElement.dir, document.documentElement.lang]')).toEqual([
        'rtl',
        'ar',
      ]);
      await inEachView(world, async view => {
        expect([view, await world.panel.evaluate(WIDE)]).toEqual([view, []]);
        expect([view, await world.panel.text('#view')]).toEqual([view, expect.stringContaining('ع')]);
        const [tab = 0, window = 0] = await world.panel.evaluate<number[]>(
          `[document.querySelector('#tab-overview').getBoundingClientRect().right, innerWidth]`,
        );
        expect(tab).toBeGreaterThan(window / 2);
      });
      const buttons = await world.panel.evaluate<string[]>(
        `[...document.querySelectorAll('button')].map(b => b.innerText.trim()).filter(text => /^[A-Z][a-z]+ [a-z]+/.test(text))`,
      );
      expect(buttons).toEqual([]);
    } finally {
      await world.close();
    }
  });

  it('in German: each view in its language, and nothing that axe finds', async () => {
    const world = await openWorld(name, { extension: withTexts(name, (_, of) => of('de')) });
    try {
      await openTour(world);
      expect(await world.panel.evaluate('document.documentElement.lang')).toBe('de');
      await world.panel.click('#tab-overview');
      await world.panel.waitFor(`document.querySelector('.overview')`);
      expect(await world.panel.text('.overview')).toContain('Verworfen, und warum');
      expect(await violations(world.panel)).toEqual([]);
      await inEachView(world, async view => expect([view, await world.panel.evaluate(WIDE)]).toEqual([view, []]));
    } finally {
      await world.close();
    }
  });
});
