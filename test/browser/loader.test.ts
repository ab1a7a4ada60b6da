/** The browser's own word on the packed extension: it loads, and has nothing to say against it. */

import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, openWorld, READY, type World } from './support/world.ts';

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

describe.each(BROWSERS)('%s', name => {
  it('reports no warning of the manifest and no error of a script, after a page with calls was inspected', async () => {
    world = await openWorld(name);
    const { browser, wiki } = world;
    await browser.page.goto(`${wiki.url}wiki/Tour?mpo=wiki-palette:blue`);
    await browser.page.waitFor(READY);
    await world.until('a record', records => records.length > 0);
    await browser.page.panel();
    expect(await browser.errors()).toEqual([]);
  });
});
