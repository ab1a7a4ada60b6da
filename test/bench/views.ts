/**
 * Views that go through all records to draw themselves, with 100,000 of them, in real DevTools: while 500 calls a second
 * come, and the timeline while it is zoomed and moved. `npm run bench -- views [--browser chromium|firefox] [--records 100000]`
 */

import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Panel } from '../../src/cli/browsers/types.ts';
import { browserName } from '../../src/cli/command.ts';
import { setRepositories } from '../../src/cli/inspected.ts';
import { show } from '../browser/support/views.ts';
import { extensionOf } from '../browser/support/world.ts';
import { startWiki } from '../wiki/index.ts';
import { fill, follow, watched } from './panel-scale.ts';
import { type Measure, measured, quantile, writeResults } from './results.ts';

const FOLLOWED = ['overview', 'timeline', 'sampling', 'experiments', 'identifiers', 'catalogue', 'sessions'];
const SECONDS = 8;

const longest = (tasks: number[]): number => Math.max(0, ...tasks);

/** Keys at the pace of a hand that holds them: zoomed in, along the marks, through time, and out again. */
async function handled(panel: Panel): Promise<Measure[]> {
  await show(panel, 'timeline');
  await panel.evaluate(`void document.querySelector('.plots').focus()`);
  const { frames, tasks } = await watched(panel, async () => {
    for (const key of [
      'End',
      '+',
      '+',
      '+',
      '+',
      'PageUp',
      'PageUp',
      'ArrowLeft',
      'ArrowDown',
      'ArrowRight',
      '-',
      '-',
      '0',
    ])
      for (let i = 0; i < 3; i++) await panel.press(key);
    await panel.evaluate(`new Promise(done => {
      const lanes = document.querySelector('.plots');
      const { left, width, top } = lanes.getBoundingClientRect();
      const turn = rest => {
        const at = { bubbles: true, cancelable: true, clientX: left + width * 0.7, clientY: top + 100 };
        lanes.dispatchEvent(new WheelEvent('wheel', { ...at, ctrlKey: rest % 40 < 20, deltaY: rest % 40 < 10 ? 30 : -30, deltaX: 40 }));
        if (rest > 0) requestAnimationFrame(() => turn(rest - 1));
        else done(null);
      };
      turn(120);
    })`);
  });
  return [
    measured('timeline zoomed and moved: main-thread work a frame, p95', quantile(frames, 0.95), 'ms', 16),
    measured('the same: longest task over 50 ms', longest(tasks), 'ms', 100),
  ];
}

const { values } = parseArgs({
  options: { browser: { type: 'string', default: 'chromium' }, records: { type: 'string', default: '100000' } },
});
const name = browserName(values.browser);
const load = () => measured('load of the machine, average of a minute', loadavg()[0] ?? NaN, '');
const measures: Measure[] = [load()];
const wiki = await startWiki();
const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
try {
  await browser.page.goto(`${wiki.url}wiki/Blank`);
  const panel = await browser.page.panel();
  await setRepositories(
    panel,
    ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
  );
  await show(panel, 'events');
  const scene = { browser, panel, wiki };
  await fill(scene, Number(values.records));
  measures.push(...(await handled(panel)));
  for (const view of FOLLOWED) {
    await show(panel, view);
    const { frames, tasks } = await watched(panel, () => follow(scene, SECONDS, () => 0));
    measures.push(
      measured(`${view}, while 500 calls/s come: work a frame, p95`, quantile(frames, 0.95), 'ms'),
      measured(`${view}: longest task over 50 ms`, longest(tasks), 'ms', 100),
    );
  }
  writeResults('views', name, browser.version, [...measures, load()]);
} finally {
  await browser.close();
  await wiki.close();
}
