/**
 * Views that tell of all records, with 100,000 of them, in real DevTools: how soon they are there, how the timeline is
 * zoomed and moved, and how they fare while 500 calls a second come.
 * `npm run bench -- views [--browser chromium|firefox] [--records 100000]`
 */

import { parseArgs } from 'node:util';
import type { Panel } from '../../src/cli/browsers/types.ts';
import { show } from '../browser/support/views.ts';
import { fill, follow, watched } from './panel-scale.ts';
import { type Measure, measured, quantile } from './results.ts';
import { onScene } from './scene.ts';

const TOLD = ['timeline', 'overview', 'sampling', 'experiments', 'identifiers', 'overrides', 'catalogue', 'sessions'];
const SECONDS = 8;

const longest = (tasks: number[]): number => Math.max(0, ...tasks);

/** Source: from the click on a view's tab until it shows all that there is, in milliseconds. */
const opened = (view: string) => `new Promise(done => {
  const { port1, port2 } = new MessageChannel();
  const began = performance.now();
  const isThere = () =>
    document.querySelector('#tab-${view}').ariaSelected === 'true' &&
    !document.querySelector('#view > .loading, #view [aria-busy=true]');
  // A message posted before a picture is drawn arrives after it.
  port1.onmessage = () => (isThere() ? done(performance.now() - began) : draw());
  const draw = () => requestAnimationFrame(() => port2.postMessage(null));
  document.querySelector('#tab-${view}').click();
  draw();
})`;

/** Source: resolves once a second of pictures came in time: what is left to do for earlier calls is done. */
const QUIET = `new Promise(done => {
  let inTime = 0;
  let before = performance.now();
  const look = now => {
    inTime = now - before < 50 ? inTime + 1 : 0;
    before = now;
    if (inTime < 60) requestAnimationFrame(look);
    else done(null);
  };
  requestAnimationFrame(look);
})`;

/** A view that was not there before, and once more. */
async function opening(panel: Panel, view: string): Promise<Measure[]> {
  const took: number[] = [];
  await panel.evaluate(QUIET);
  const { tasks } = await watched(panel, async () => {
    for (let i = 0; i < 2; i++) {
      await show(panel, 'settings');
      took.push(await panel.evaluate<number>(opened(view)));
    }
  });
  const [first = NaN, again = NaN] = took;
  return [
    measured(`${view}: opened with all that it tells`, first, 'ms', 1_000),
    measured(`${view}: opened again`, again, 'ms', 1_000),
    measured(`${view}: longest task over 50 ms while opening`, longest(tasks), 'ms', 200),
  ];
}

/** Source: a key a picture, as a hand that holds them has it: zoomed in, along the marks, through time, and out again. */
const KEYS = `(frame => {
  const keys = ['End', '+', '+', '+', '+', 'PageUp', 'PageUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', '-', '-', '0'];
  const key = keys[Math.floor(frame / 3) % keys.length];
  plots.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
})`;

/** Source: a notch of the wheel a picture, which zooms and moves by turns, and the pointer along a lane. */
const WHEEL = `(frame => {
  const { left, width, top } = plots.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, clientX: left + width * 0.7, clientY: top + 100 };
  const wheel = { ctrlKey: frame % 40 < 20, deltaY: frame % 40 < 10 ? 30 : -30, deltaX: 40 };
  plots.dispatchEvent(new WheelEvent('wheel', { ...at, ...wheel }));
  const over = { ...at, clientX: left + width * (0.4 + (frame % 50) / 100) };
  document.querySelector('.lanes .plot').dispatchEvent(new PointerEvent('pointermove', over));
})`;

/** Has this done with each of so many pictures. */
const played = (panel: Panel, source: string, frames: number) =>
  panel.evaluate(`new Promise(done => {
    const plots = document.querySelector('.plots');
    const act = ${source};
    const play = frame => {
      act(frame);
      requestAnimationFrame(frame === ${frames} ? () => done(null) : () => play(frame + 1));
    };
    requestAnimationFrame(() => play(0));
  })`);

async function handled(panel: Panel): Promise<Measure[]> {
  await show(panel, 'timeline');
  await panel.evaluate(QUIET);
  const keys = await watched(panel, () => played(panel, KEYS, 120));
  const wheel = await watched(panel, () => played(panel, WHEEL, 120));
  return [
    measured('timeline by keys: main-thread work a frame, p95', quantile(keys.frames, 0.95), 'ms', 8),
    measured('timeline by wheel and pointer: work a frame, p95', quantile(wheel.frames, 0.95), 'ms', 8),
    measured('timeline zoomed and moved: longest task over 50 ms', longest([...keys.tasks, ...wheel.tasks]), 'ms', 50),
  ];
}

const { values } = parseArgs({
  options: { browser: { type: 'string', default: 'chromium' }, records: { type: 'string', default: '100000' } },
});
await onScene('views', values.browser, async scene => {
  const { panel } = scene;
  const measures: Measure[] = [];
  await show(panel, 'events');
  await fill(scene, Number(values.records));
  for (const view of TOLD) measures.push(...(await opening(panel, view)));
  measures.push(...(await handled(panel)));
  for (const view of TOLD) {
    await show(panel, view);
    const { frames, tasks } = await watched(panel, () => follow(scene, SECONDS, () => 0));
    measures.push(
      measured(`${view}, while 500 calls/s come: work a frame, p95`, quantile(frames, 0.95), 'ms'),
      measured(`${view}: longest task over 50 ms`, longest(tasks), 'ms', 50),
    );
  }
  return measures;
});
