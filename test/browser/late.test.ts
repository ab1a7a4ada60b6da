/** Calls that no function of ours stands before: kept references, an open page that is watched from now on, second clients. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROMPT_SWITCHES } from '../../src/cli/browsers/chromium-prompt.ts';
import type { Record } from '../../src/record/record.ts';
import { BROWSERS, eventSource, openWorld, READY, tagOf, until, type World } from './support/world.ts';

const HOST = 'late.example.test';
const OPTIONS = {
  switches: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`, ...PROMPT_SWITCHES],
  preferences: { 'network.dns.localDomains': HOST },
};
const BASE = '/analytics/product_metrics/web/base/1.3.0';

const submit = (client: string, tag: string) => `${client}('wiki.page_visit', ${eventSource(`'${tag}'`)})`;
const second = (name: string) =>
  `window.${name} = mw.loader.require('ext.eventLogging.metricsPlatform').newMetricsClient(
    mw.loader.moduleRegistry['ext.eventLogging'].packageExports['ext.eventLogging/data.json'].streamConfigs,
    { submitEvent: event => (window.taken ??= []).push(event.action_context) })`;

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, OPTIONS, { lingerSeconds: 600 });
  });
  afterAll(() => world.close());

  const run = (source: string) => world.browser.page.evaluate(`(() => { ${source}; })()`);
  /** The records of these tags, each as its API, stream, decision and tag. */
  async function recorded(...tags: string[]) {
    const find = (tag: string) => (record: { event: Parameters<typeof tagOf>[0] }) => tagOf(record.event) === tag;
    const records = await world.until(tags.join(', '), all => tags.every(tag => all.some(find(tag))));
    return records
      .filter(({ event }) => tags.includes(tagOf(event) ?? ''))
      .map(({ event, api, stream, decision }) => [tagOf(event), api, stream, decision.state]);
  }

  it('records calls on a second client that the page has made', async () => {
    const { page } = world.browser;
    await page.goto(`${world.wiki.url}wiki/Blank`);
    await page.waitFor(READY);
    await run(`${second('other')}; ${submit('other.submit', 'second')};
      other.submitInteraction('wiki.page_visit', '${BASE}', 'page_visit', { action_context: 'second interaction' })`);
    expect(await recorded('second', 'second interaction')).toEqual([
      ['second', 'submit', 'wiki.page_visit', 'accepted'],
      ['second interaction', 'submitInteraction', 'wiki.page_visit', 'accepted'],
    ]);
    expect(await page.evaluate('taken')).toEqual(['second', 'second interaction']);
  });

  it('tells a panel that opens second what became of the requests that the first was told of', async () => {
    const { page } = world.browser;
    await page.goto(`${world.wiki.url}wiki/Blank`);
    await page.waitFor(READY);
    await run(submit('mw.eventLog.submit', 'both'));
    await world.panel.evaluate('inspector.flush()');
    const isAnswered = ({ event, delivery }: Record) => tagOf(event) === 'both' && delivery.state === 'answered';
    await world.until('its status', all => all.some(isAnswered));
    const second = await page.panelPage();
    await until('its status in the second panel', async () =>
      (await second.evaluate<Record[]>('inspector.records()')).some(isAnswered),
    );
    await second.close();
  });

  it('records what was tracked before, and what is called by references kept from before', async () => {
    const { browser, wiki } = world;
    const origin = `http://${HOST}:${wiki.port}`;
    await browser.page.goto(`${origin}/wiki/Blank`);
    await browser.page.waitFor(READY);
    await run(`const { submit, submitInteraction } = mw.eventLog; Object.assign(window, { submit, submitInteraction }); ${second('early')};
      mw.track('event.Test', { OtherMessage: 'before' }); ${submit('submit', 'before')}`);

    const popup = await browser.extensionPage(`popup.html?origin=${encodeURIComponent(origin)}`);
    await popup.click('button.primary');
    expect(await browser.acceptPrompt()).toContain(HOST);
    await popup.waitFor(`document.querySelector('[data-tone=good]')?.innerText.includes('${origin}')`);
    await popup.close();

    const tracked = await world.until('the tracked call', all => all.some(({ api }) => api === 'track'));
    expect(
      tracked.filter(({ api }) => api === 'track').map(({ stream, decision }) => [stream, decision.state]),
    ).toEqual([['eventlogging_Test', 'unknown']]);
    await run(`${submit('submit', 'kept')}; ${submit('early.submit', 'early')}; ${submit('mw.eventLog.submit', 'late')};
      submitInteraction('wiki.page_visit', '${BASE}', 'page_visit', { action_context: 'kept interaction' });
      submit('nowhere', ${eventSource(`'kept, dropped'`)})`);
    expect(await recorded('kept', 'early', 'late', 'kept interaction', 'kept, dropped')).toEqual([
      ['kept', 'submit', 'wiki.page_visit', 'accepted'],
      ['early', 'submit', 'wiki.page_visit', 'accepted'],
      ['late', 'submit', 'wiki.page_visit', 'accepted'],
      // What was bound before shows only its inner step.
      ['kept interaction', 'submit', 'wiki.page_visit', 'accepted'],
      ['kept, dropped', 'submit', 'nowhere', 'dropped'],
    ]);
    expect((await world.records()).filter(({ event }) => tagOf(event) === 'before')).toEqual([]);
  });
});
