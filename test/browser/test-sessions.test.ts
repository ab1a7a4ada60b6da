/** Test sessions in the real browser: recorded, judged in the panel, and over everything that may come between. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page, Surface } from '../../src/cli/browsers/types.ts';
import { CAUGHT, DIALOG_PLAN, EXPECTATIONS } from './support/dialog.ts';
import { ask, isKept, submit } from './support/recording.ts';
import { BROWSERS, eventSource, openWorld, until, type World } from './support/world.ts';

const PLAN = readFileSync(resolve(DIALOG_PLAN), 'utf8');

const write = (panel: Surface, plan: string) =>
  panel.evaluate((text: string) => {
    const area = document.querySelector<HTMLTextAreaElement>('.tests textarea');
    if (!area) throw new Error('no editor');
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }, plan);

const step = async (panel: Surface, name: string) => {
  await panel.evaluate((text: string) => {
    const input = document.querySelector<HTMLInputElement>('.recorder input');
    if (!input) throw new Error('nothing is recorded');
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, name);
  const before = Number(await panel.evaluate<number>(STEPS));
  await panel.click('#tests-step');
  await panel.waitFor(`(${STEPS}) > ${before}`, undefined, { what: `the step ${name}` });
};
/** How many steps the panel says there are. */
const STEPS = `Number(/(\\d+) steps?$/.exec(document.querySelector('.recorder [role=status]')?.textContent ?? '')?.[1] ?? 0)`;

const failed = (surface: Surface) =>
  surface.evaluate<string[]>(
    `[...document.querySelectorAll('[data-result][data-state=fail]')].map(one => one.dataset.name)`,
  );
const open = (surface: Surface) =>
  surface.evaluate<number>(`Number(document.querySelector('#tests-summary')?.dataset.open ?? -1)`);

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name, {}, { lingerSeconds: 1 });
    await world.panel.waitFor(`document.querySelector('#tab-tests')`);
    await world.panel.click('#tab-tests');
    await world.panel.waitFor(`document.querySelector('.tests textarea')`);
    await write(world.panel, PLAN);
  });
  afterAll(() => world.close());

  const reopened = async (id: string): Promise<Page> => {
    const page = await world.browser.extensionPage(`panel.html?session=${id}`);
    await page.waitFor(`document.querySelector('#tab-tests')`);
    await page.click('#tab-tests');
    await page.waitFor(
      `inspector.settled().then(() => document.querySelector('#tests-summary')?.dataset.open === '0')`,
      undefined,
      { what: 'all expectations to be decided' },
    );
    return page;
  };

  it.each(Object.keys(CAUGHT))('the plan of the dialog catches what is broken, and nothing else: %s', async broken => {
    const { browser, panel, wiki } = world;
    await panel.click('#tests-start');
    await panel.waitFor(`document.querySelector('#tests-step')`, undefined, { what: 'the recording' });
    await browser.page.goto(`${wiki.url}wiki/Dialog?broken=${broken}`);
    await browser.page.waitFor(`document.documentElement.dataset.clients === 'ready'`);
    for (const act of ['consent', 'open', 'choose', 'save']) {
      await step(panel, `${act[0]?.toUpperCase()}${act.slice(1)}`);
      await browser.page.click(`[data-act=${act}]`);
    }
    await until('the events of the dialog to be answered', async () => {
      const own = (await world.records()).filter(one => one.page.url.endsWith(`/wiki/Dialog?broken=${broken}`));
      const last = own.filter(one => one.action === 'close' || one.action === 'save');
      return last.length >= 2 && own.every(({ delivery }) => delivery.state !== 'queued' && delivery.state !== 'sent');
    });
    const running = await ask(panel, { request: 'recording.get', tab: browser.page.tab });
    await panel.waitFor(`document.querySelector('#tests-summary')`);
    // Live, what is broken is told at once or is still open; nothing else fails.
    const early = await failed(panel);
    expect(CAUGHT[broken]).toEqual(expect.arrayContaining(early));
    await panel.click('#tests-stop');
    await panel.waitFor(`document.querySelector('#tests-summary')?.dataset.open === '0'`, undefined, {
      what: 'the stopped session to be decided',
    });
    expect([broken, await failed(panel)]).toEqual([broken, CAUGHT[broken]]);
    await panel.waitFor(`document.querySelector('#tests-start')`, undefined, { what: 'the recording to end' });
    const page = await reopened(running?.id ?? '');
    expect([broken, await failed(page), await open(page)]).toEqual([broken, CAUGHT[broken], 0]);
    expect(await page.evaluate<number>(`document.querySelectorAll('[data-result]').length`)).toBe(EXPECTATIONS);
    await page.close();
  });

  it('records without a panel, over a stop of the background, navigations and tabs that are opened', async () => {
    const { browser, wiki } = world;
    const helper = await browser.extensionPage('popup.html');
    const { tab } = browser.page;
    await world.panel.close();
    await ask(helper, { request: 'recording.start', tab, name: 'Alone', stepsByPage: true, repositories: [] });
    await browser.page.goto(`${wiki.url}wiki/Blank?linger=1`);
    await submit(browser.page, 'before');
    await browser.stopBackground();
    await submit(browser.page, 'after');
    const id = (await ask(helper, { request: 'recording.get', tab }))?.id ?? '';
    await until('the call after the stop to be kept', () => helper.evaluate(isKept, [id, 'after']));
    await browser.page.goto(`${wiki.url}wiki/Main_Page?linger=1`);
    await submit(browser.page, 'next');
    await browser.page.evaluate(() => {
      const button = document.body.appendChild(document.createElement('button'));
      button.id = 'opener';
      button.onclick = () => Object.assign(window, { child: window.open('/wiki/Blank?linger=1&opened') });
    });
    await browser.page.click('#opener');
    await browser.page.waitFor(`child.mw?.eventLog && child.document.readyState === 'complete'`);
    await browser.page.evaluate(`child.mw.eventLog.submit('wiki.page_visit', ${eventSource(`'opened'`)})`);
    const begun = await ask(helper, { request: 'recording.get', tab });
    await until('the last call to be kept', () => helper.evaluate(isKept, [id, 'opened']));
    await ask(helper, { request: 'recording.stop', tab });
    await helper.close();
    const page = await browser.extensionPage(`panel.html?session=${id}`);
    const tags = await page.waitFor<string[]>(
      `globalThis.inspector?.ready && inspector.records().map(one => one.event?.action_context).filter(Boolean)`,
    );
    expect(tags).toEqual(['before', 'after', 'next', 'opened']);
    expect(begun?.steps.map(({ text }) => text)).toEqual([
      '/wiki/Blank?linger=1',
      '/wiki/Main_Page?linger=1',
      '/wiki/Blank?linger=1&opened',
    ]);
    await page.close();
  });
});
