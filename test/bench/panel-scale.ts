/** The panel with very many records: how it fills, opens, filters, scrolls and follows, and what it keeps. For `panel.ts`. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Panel } from '../../src/cli/browsers/types.ts';
import { settled } from '../../src/cli/inspected.ts';
import { READY } from '../browser/support/world.ts';
import type { Wiki } from '../wiki/index.ts';
import { mainThread } from './main-thread.ts';
import { awaitStroke, startWatch } from './panel-watch.ts';
import { type Measure, measured, quantile } from './results.ts';

export interface Scene {
  browser: Browser;
  panel: Panel;
  wiki: Wiki;
}

/** Calls of one page load. */
const A_PAGE = 5_000;
/** Calls a second of a page that keeps on calling. */
const RATE = 500;
/** So long, in seconds, the work a record is measured. */
const WORK = 20;
/** A notch of the wheel, in pixels; one each frame is as fast as a finger turns it. */
const NOTCH = 120;
const ROUNDS = 10;
const A_ROUND = 5_000;
/** In the first rounds the browser still compiles what runs often, and keeps that. */
const WARM = 4;
/** What is typed, key by key, each key finding something else. */
const TYPED = 'action:click -decision:dropped web_ui*';

/** Source: one of several calls, as different as those of a page are: in and out of sample, valid and not. */
const CALL = `(i => {
  const stream = ['wiki.page_visit', 'wiki.half', 'wiki.page_visit', 'mediawiki.web_ui_actions', 'wiki.rare'][i % 5];
  mw.eventLog.submit(stream, {
    $schema: stream === 'mediawiki.web_ui_actions'
      ? '/analytics/mediawiki/product_metrics/web_ui_actions/1.0.2' : '/analytics/product_metrics/web/base/1.3.0',
    action: ['click', 'page_visit', 'hover', 'submit', 'abandon'][(i >> 2) % 5],
    action_subtype: 'kind_' + i % 40, action_source: 'bench', action_context: 'n.' + i, element_id: 'element-' + i % 200,
    ...(i % 50 === 0 ? { never_heard_of: i } : {}),
    agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
  });
})`;

/** What waits in the client's queue is not sent as the page goes: that would measure the intake. */
export const SILENT = `void Object.defineProperty(navigator, 'sendBeacon', { value: () => true, configurable: true })`;

let pages = 0;

async function open({ browser: { page }, wiki }: Scene): Promise<void> {
  await page.evaluate(SILENT);
  await page.goto(`${wiki.url}wiki/Blank?linger=600&bench=${pages++}`);
  await page.waitFor(READY);
}

const countOf = ({ panel }: Scene) => panel.evaluate<number>('inspector.records().length');

/** Has pages make calls until the log has so many records, each with its verdict and findings. */
export async function fill(scene: Scene, count: number): Promise<void> {
  const { browser, panel } = scene;
  for (let have = await countOf(scene); have < count; have = await countOf(scene)) {
    await open(scene);
    const calls = Math.min(A_PAGE, count - have);
    await browser.page.evaluate(`void (() => { for (let i = 0; i < ${calls}; i++) ${CALL}(i); })()`);
    await panel.waitFor(`inspector.records().length >= ${have + calls}`, undefined, { timeout: 120_000 });
    await settled(panel);
  }
}

/** Has a page call steadily; resolves when the log has it all. Answers milliseconds of processor time a record. */
export async function follow(scene: Scene, seconds: number, clock: () => number): Promise<number> {
  const { browser, panel } = scene;
  await open(scene);
  await settled(panel);
  const before = await countOf(scene);
  const began = clock();
  await browser.page.evaluate(`new Promise(done => {
    const began = performance.now();
    let made = 0;
    const timer = setInterval(() => {
      const due = Math.min(${RATE * seconds}, (performance.now() - began) * ${RATE / 1000});
      for (; made < due; made++) ${CALL}(made);
      if (made < ${RATE * seconds}) return;
      clearInterval(timer);
      done(null);
    }, 10);
  })`);
  await panel.waitFor(`inspector.records().length >= ${before + RATE * seconds}`, undefined, { timeout: 120_000 });
  await settled(panel);
  return (clock() - began) / (RATE * seconds);
}

const longest = (tasks: number[]) => Math.max(0, ...tasks);

export async function watched(
  panel: Panel,
  run: () => Promise<unknown>,
): Promise<{ frames: number[]; tasks: number[] }> {
  await panel.evaluate(startWatch);
  await run();
  return panel.evaluate('(watch.stop(), { frames: watch.frames, tasks: watch.tasks })');
}

export async function keyStrokes({ panel }: Scene): Promise<Measure[]> {
  const took: number[] = [];
  await panel.click('#find');
  for (const key of TYPED) {
    await panel.evaluate(awaitStroke);
    await panel.press(key);
    took.push(await panel.waitFor<number>('stroke.took', undefined, { what: `the answer to ${key}`, timeout: 60_000 }));
  }
  await panel.press('Escape');
  await panel.press('Escape');
  await panel.waitFor(`document.querySelector('#find').value === ''`);
  return [
    measured('key stroke to filtered list, median', quantile(took, 0.5), 'ms'),
    measured('key stroke to filtered list, p95', quantile(took, 0.95), 'ms', 50),
  ];
}

export async function scrolling({ panel }: Scene): Promise<Measure[]> {
  const wheel = await watched(panel, async () => {
    for (const pixels of [-NOTCH, NOTCH, -NOTCH]) await panel.wheel('#events', pixels, 80);
  });
  const bar = await watched(panel, () =>
    panel.evaluate(`new Promise(done => {
      const list = document.querySelector('#events');
      const step = left => {
        list.scrollTop = (left % 60) / 60 * list.scrollHeight;
        if (left > 0) requestAnimationFrame(() => step(left - 1));
        else done(null);
      };
      step(120);
    })`),
  );
  await panel.evaluate(`void (document.querySelector('#events').scrollTop = 1e9)`);
  return [
    measured('scrolling by wheel: main-thread work a frame, p95', quantile(wheel.frames, 0.95), 'ms', 8),
    measured('scrolling by wheel: longest task over 50 ms', longest(wheel.tasks), 'ms', 50),
    measured('dragging the scroll bar through all: work a frame, p95', quantile(bar.frames, 0.95), 'ms'),
  ];
}

/** From the click on another view's tab to the rows on screen. */
async function opening({ panel }: Scene): Promise<Measure> {
  const took: number[] = [];
  for (let i = 0; i < 5; i++) {
    await panel.click('#tab-overview');
    await panel.waitFor(`document.querySelector('#tab-overview').ariaSelected === 'true'`);
    await panel.evaluate(`void addEventListener('click', ({ timeStamp }) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (globalThis.opened = performance.now() - timeStamp);
      requestAnimationFrame(() => port2.postMessage(null));
    }, { once: true, capture: true })`);
    await panel.click('#tab-events');
    took.push(await panel.waitFor<number>(`document.querySelector('#events .row') && globalThis.opened`));
    await panel.evaluate('delete globalThis.opened');
  }
  return measured('the list of events opened', quantile(took, 0.5), 'ms', 1_000);
}

/** Empties the log for good: a second time, since what was cleared first could still come back. */
async function clear(panel: Panel): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await panel.click('.toolbar button[aria-label=Clear]');
    await panel.waitFor('inspector.records().length === 0');
  }
}

/** Bytes of the heap that remain after each round of filling and clearing. */
async function rounds(scene: Scene): Promise<Measure[]> {
  const { panel } = scene;
  const left: number[] = [];
  await clear(panel);
  for (let round = 0; round < ROUNDS; round++) {
    await fill(scene, A_ROUND);
    await clear(panel);
    left.push(await panel.heap());
  }
  const growth = ((left.at(-1) ?? NaN) - (left[WARM - 1] ?? NaN)) / (ROUNDS - WARM) / A_ROUND;
  return [measured(`growth over ${ROUNDS} rounds of filling and clearing, a record`, growth, 'bytes', 10)];
}

/** Everything, with so many records; the panel is empty before. */
export async function scale(scene: Scene, records: number, seconds: number): Promise<Measure[]> {
  const { panel } = scene;
  const clock = await mainThread(panel);
  await clear(panel);
  const empty = await panel.heap();
  await fill(scene, 1_000);
  const workFew = await follow(scene, WORK, clock);
  await fill(scene, records);
  const json = await panel.evaluate<number>(
    'inspector.records().reduce((sum, record) => sum + JSON.stringify(record).length, 0)',
  );
  const have = await countOf(scene);
  const heap = await panel.heap();
  const workMany = await follow(scene, WORK, clock);
  const { tasks } = await watched(panel, () => follow(scene, seconds, clock));
  await delay(1_000);
  return [
    measured('records', have, 'records'),
    measured('their JSON, a record', json / have, 'bytes'),
    measured('heap over that JSON, a record', (heap - empty - json) / have, 'bytes', 1_500),
    measured('work a record at 1,000', workFew * 1_000, 'µs'),
    measured(`work a record at ${records}`, workMany * 1_000, 'µs'),
    measured('the second over the first', workMany / workFew, '', 1.2),
    measured(`following ${RATE} calls/s for ${seconds} s: longest task over 50 ms`, longest(tasks), 'ms', 50),
    measured('the same: tasks over 50 ms', tasks.length, 'tasks', 0),
    await opening(scene),
    ...(await keyStrokes(scene)),
    ...(await scrolling(scene)),
    ...(await rounds(scene)),
  ];
}
