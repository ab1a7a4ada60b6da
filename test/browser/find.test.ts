/** Finding, keeping and looking closely, in a real DevTools panel: with the keyboard, as one does all day. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Browser, Panel } from '../../src/cli/browsers/types.ts';
import { setRepositories, settled } from '../../src/cli/inspected.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { BROWSERS, eventSource, extensionOf, READY } from './support/world.ts';

const FIELD = `document.querySelector('#find')`;
const ROWS = `[...document.querySelectorAll('#events .row[data-kind=record]')]`;
const STREAMS = `[...new Set(${ROWS}.map(row => row.querySelector('.subject').innerText))]`;
const DETAILS = `document.querySelector('.details')`;

describe.each(BROWSERS)('%s', name => {
  let wiki: Wiki;
  let browser: Browser;
  let panel: Panel;

  beforeAll(async () => {
    wiki = await startWiki({ lingerSeconds: 1 });
    browser = await openBrowser({ browser: name, extension: extensionOf(name) });
    await browser.page.goto(`${wiki.url}wiki/Blank`);
    await open();
    await make();
  });
  afterAll(async () => {
    await browser.close();
    await wiki.close();
  });

  async function open(): Promise<void> {
    panel = await browser.page.panel();
    await setRepositories(
      panel,
      ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
    );
    await panel.click('#tab-events');
  }

  /** Five calls of two streams. */
  async function make(): Promise<void> {
    await browser.page.waitFor(READY);
    await browser.page.evaluate(`void (() => {
      for (let i = 0; i < 4; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'made.' + i`)});
      mw.eventLog.submit('wiki.every_pageview', ${eventSource(`'other'`)});
    })()`);
    await panel.waitFor(`inspector.records().filter(r => r.event?.action_context?.startsWith('made.')).length >= 4`);
    await settled(panel);
  }

  async function write(text: string): Promise<void> {
    await panel.click('#find');
    for (const key of text) await panel.press(key);
    await panel.waitFor(`${FIELD}.value.endsWith(${JSON.stringify(text)})`);
  }

  async function empty(): Promise<void> {
    await panel.click('.query button');
    await panel.waitFor(`${FIELD}.value === '' && document.querySelector('#events').ariaBusy === 'false'`);
  }

  it('offers what was captured, and writes what is chosen', async () => {
    await write('stream:page_v');
    await panel.waitFor(`${FIELD}.ariaExpanded === 'true' && document.querySelector('#find-offers [role=option]')`);
    await panel.press('ArrowDown');
    await panel.waitFor(
      `document.getElementById(${FIELD}.getAttribute('aria-activedescendant'))?.ariaSelected === 'true'`,
    );
    await panel.press('Enter');
    await panel.waitFor(`${FIELD}.value === 'stream:wiki.page_visit '`);
    await panel.waitFor(`${STREAMS}.join() === 'wiki.page_visit'`);
  });

  it('keeps query and columns over a reload, and for the next panel', async () => {
    await panel.click('button[aria-label=Columns]');
    await panel.click('.menu [type=checkbox]:not(:disabled)');
    await panel.waitFor(`!document.querySelector('.header').innerText.includes('Time')`);
    await browser.page.reload();
    await make();
    expect(await panel.evaluate(`${STREAMS}.join()`)).toBe('wiki.page_visit');
    await panel.close();
    await open();
    await panel.waitFor(`${FIELD}.value === 'stream:wiki.page_visit '`);
    await panel.waitFor(`${ROWS}.length > 0 && ${STREAMS}.join() === 'wiki.page_visit'`);
    expect(await panel.evaluate(`document.querySelector('.header').innerText`)).not.toContain('Time');
    await empty();
  });

  it('marks what is wrong in a query, and says what would be right', async () => {
    await write('verdict:nonsense ');
    await panel.waitFor(`${FIELD}.ariaInvalid === 'true'`);
    expect(await panel.evaluate(`document.querySelector('.query u').innerText`)).toBe('nonsense');
    expect(await panel.text('#find-fault')).toContain('unknown-stream');
    await empty();
  });

  it('looks into an event: who set what, text and tree, and its neighbours', async () => {
    await panel.click('#events .row[data-kind=record]');
    await panel.waitFor(DETAILS);
    await panel.evaluate(
      `void [...${DETAILS}.querySelectorAll('button')].find(b => b.innerText === 'Who set it').click()`,
    );
    await panel.waitFor(`${DETAILS}.querySelector('[data-path="/action"]').dataset.tag === 'caller'`);
    await panel.waitFor(`${DETAILS}.querySelector('[data-path="/meta/stream"]').dataset.tag === 'client'`);
    await panel.waitFor(`${DETAILS}.querySelector('[data-path="/meta/dt"]')?.dataset.tag === 'intake'`);
    await panel.click('.event-tools input');
    for (const key of 'visit') await panel.press(key);
    await panel.waitFor(`${DETAILS}.querySelectorAll('.node[data-found]').length > 0`);
    await panel.click('.segment .button:last-child');
    await panel.waitFor(`${DETAILS}.querySelector('pre mark')?.innerText === 'visit'`);
    const before = await panel.evaluate<string>(`document.querySelector('.row[aria-selected=true]').dataset.id`);
    await panel.click('.neighbours li:last-child button');
    await panel.waitFor(`document.querySelector('.row[aria-selected=true]')?.dataset.id !== '${before}'`);
    await panel.waitFor(`${DETAILS}.querySelector('.neighbours [aria-current=true]') !== null`);
  });

  it('stands still, and tells how many have come meanwhile', async () => {
    await panel.click('button[aria-label=Pause]');
    const shown = await panel.evaluate<number>(`+document.querySelector('#events').ariaRowCount`);
    await browser.page.evaluate(`void mw.eventLog.submit('wiki.page_visit', ${eventSource(`'late'`)})`);
    await panel.waitFor(`document.querySelector('.button.new')?.innerText.includes('1')`);
    expect(await panel.evaluate(`+document.querySelector('#events').ariaRowCount`)).toBe(shown);
    await panel.click('button[aria-label=Pause]');
    await panel.waitFor(`+document.querySelector('#events').ariaRowCount > ${shown}`);
  });

  it('clears, and takes that back; what was selected is no more', async () => {
    const records = await panel.evaluate<number>('inspector.records().length');
    await panel.click('.toolbar button[aria-label=Clear]');
    await panel.waitFor(`inspector.records().length === 0 && ${DETAILS} === null`);
    await panel.click('.bar.undo button');
    await panel.waitFor(`inspector.records().length === ${records}`);
    expect(await panel.evaluate(`document.querySelector('.row[aria-selected=true]')`)).toBeNull();
  });

  it('has the same field over other lists', async () => {
    await panel.click('#tab-sampling');
    await panel.waitFor(FIELD);
    await write('kind:instrument name:search');
    await panel.waitFor(
      `[...document.querySelectorAll('.sampling .row')].every(row => row.innerText.includes('search'))`,
    );
    await panel.click('#tab-sessions');
    await panel.waitFor(FIELD);
    await write('session:nobody');
    await panel.waitFor(`document.querySelectorAll('.sessions article').length === 0`);
    await panel.click('#tab-events');
    expect(await browser.errors()).toEqual([]);
  });
});
