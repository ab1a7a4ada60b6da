/** A host beyond the list: watched only once the user grants it, in the browser's own prompt, and then without a restart. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMPT_SWITCHES } from '../../src/cli/browsers/chromium-prompt.ts';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, until, type World } from './support/world.ts';

const HOST = 'wiki.example.test';
const OPTIONS = {
  switches: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`, ...PROMPT_SWITCHES],
  preferences: { 'network.dns.localDomains': HOST },
};

/** The hosts that the scripts are registered for. */
const WATCHED = `(globalThis.browser ?? chrome).scripting.getRegisteredContentScripts()
  .then(scripts => scripts.map(({ js, matches }) => [js[0], matches.join()]))`;

const REVOKE = `(globalThis.browser ?? chrome).permissions.remove({ origins: ['http://${HOST}/*'] })`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, OPTIONS, { lingerSeconds: 1 });
  });
  afterAll(() => world.close());

  const call = (tag: string) =>
    world.browser.page.evaluate(`mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${tag}'`)})`);
  const arrived = (tag: string) =>
    until(`"${tag}" at the intake`, () =>
      world.wiki.received.some(({ events }) => events.some(event => tagOf(event) === tag)),
    );
  const load = async (address: string) => {
    await world.browser.page.goto(address);
    await world.browser.page.waitFor(READY);
  };

  it('watches a host from the user’s grant until it is taken back', async () => {
    const { browser, wiki } = world;
    const origin = `http://${HOST}:${wiki.port}`;
    const address = `${origin}/wiki/Blank`;

    await load(address);
    await call('before');
    await arrived('before');
    expect(await world.records()).toEqual([]);

    const popup = await browser.extensionPage(`popup.html?origin=${encodeURIComponent(origin)}`);
    await popup.click('button.primary');
    expect(await browser.acceptPrompt()).toContain(HOST);
    await popup.waitFor(`document.querySelector('[data-tone=good]')?.innerText.includes('${origin}')`);
    await popup.close();

    // The open page, neither reloaded nor restarted: the scripts get there a moment after the grant.
    await until('a record of the open page', async () => {
      await call('granted');
      return (await world.records()).some(({ event }) => tagOf(event) === 'granted');
    });

    // From the next load on from its start.
    await load(`${address}?first=1&session=80000000c0ffee00c0ff`);
    const inPage = (all: Record[]) => all.filter(({ page }) => page.url.includes('first=1'));
    const records = inPage(await world.until('the first calls of the page', all => inPage(all).length >= 2));
    expect(records.map(({ stream, decision }) => [stream, decision.state])).toEqual([
      ['wiki.half', 'dropped'],
      ['wiki.page_visit', 'accepted'],
    ]);

    expect(await browser.backgroundEvaluate(REVOKE)).toBe(true);
    await until('the scripts to go', async () => (await browser.backgroundEvaluate<string[]>(WATCHED)).length === 0);
    await call('revoked, in the open page');
    await arrived('revoked, in the open page');
    await load(address);
    await call('revoked');
    await arrived('revoked');
    expect((await world.records()).map(({ event }) => tagOf(event)).filter(tag => tag?.startsWith('revoked'))).toEqual(
      [],
    );
  });
});
