/**
 * How long it takes from a call to its row on screen: of single calls, and of a burst of 10,000 calls in one task, with
 * our panel open in real DevTools. `npm run bench -- panel [--browser chromium|firefox]`
 */

import { parseArgs } from 'node:util';
import { openBrowser } from '../../src/cli/browsers/open.ts';
import type { Browser, Panel } from '../../src/cli/browsers/types.ts';
import { browserName } from '../../src/cli/command.ts';
import { setRepositories, settled } from '../../src/cli/inspected.ts';
import { eventSource, extensionOf, READY } from '../browser/support/world.ts';
import { startWiki, type Wiki } from '../wiki/index.ts';
import { type Meter, startMeter } from './panel-meter.ts';
import { measured, quantile, writeResults } from './results.ts';

const BURST = 10_000;
const ROUNDS = 3;
const SINGLES = 50;

interface Burst {
  lost: number;
  /** Milliseconds: the calls themselves, and from their end on. */
  calls: number;
  logged: number;
  shown: number;
  judged: number;
  /** The longest task of the panel's page in milliseconds. */
  task: number;
}

/** In all pages of this machine, milliseconds since the epoch with fractions. */
const NOW = '(performance.timeOrigin + performance.now())';

async function burst({ page }: Browser, panel: Panel, wiki: Wiki, round: number): Promise<Burst> {
  await page.goto(`${wiki.url}wiki/Blank?linger=600&round=${round}`);
  await page.waitFor(READY);
  await settled(panel);
  const last = `${round}.${BURST - 1}`;
  await panel.evaluate(startMeter, last);
  const { began, ended } = await page.evaluate<{ began: number; ended: number }>(`(() => {
    const began = ${NOW};
    for (let i = 0; i < ${BURST}; i++) mw.eventLog.submit('wiki.page_visit', ${eventSource(`'${round}.' + i`)});
    return { began, ended: ${NOW} };
  })()`);
  await panel.waitFor('meter.seen.size === 1', undefined, { what: 'the last row of the burst', timeout: 60_000 });
  await settled(panel);
  const { judged, task, logged, shown, count } = await panel.evaluate<
    Pick<Meter, 'task' | 'logged'> & { judged: number; shown: number; count: number }
  >(`(meter.stop(), {
    judged: ${NOW},
    task: meter.task,
    logged: meter.logged,
    shown: meter.seen.get('${last}'),
    count: new Set(inspector.records().map(r => r.event?.action_context).filter(tag => tag?.startsWith('${round}.'))).size,
  })`);
  // What is queued would be sent as the next round's page comes.
  await page.evaluate(`void Object.defineProperty(navigator, 'sendBeacon', { value: () => true })`);
  return {
    lost: BURST - count,
    calls: ended - began,
    logged: logged - ended,
    shown: shown - ended,
    judged: judged - ended,
    task,
  };
}

/** Milliseconds from each call to its row on screen. */
async function singles({ page }: Browser, panel: Panel, wiki: Wiki): Promise<number[]> {
  await page.goto(`${wiki.url}wiki/Blank?linger=600`);
  await page.waitFor(READY);
  await settled(panel);
  await panel.evaluate(startMeter, null);
  const called = await page.evaluate<{ [tag: string]: number }>(`(async () => {
    const called = {};
    for (let i = 0; i < ${SINGLES}; i++) {
      await new Promise(resolve => setTimeout(resolve, 80 + 40 * Math.random()));
      called['single.' + i] = ${NOW};
      mw.eventLog.submit('wiki.page_visit', ${eventSource(`'single.' + i`)});
    }
    return called;
  })()`);
  await panel.waitFor(`meter.seen.size >= ${SINGLES}`, undefined, { what: 'the rows of all single calls' });
  const seen = await panel.evaluate<[string, number][]>('(meter.stop(), [...meter.seen])');
  return seen.flatMap(([tag, at]) => (called[tag] === undefined ? [] : [at - called[tag]]));
}

const { values } = parseArgs({ options: { browser: { type: 'string', default: 'chromium' } } });
const name = browserName(values.browser);
const wiki = await startWiki();
const browser = await openBrowser({ browser: name, extension: extensionOf(name) });
try {
  await browser.page.goto(`${wiki.url}wiki/Blank`);
  const panel = await browser.page.panel();
  await setRepositories(
    panel,
    ['primary', 'secondary'].map(one => `${wiki.url}schemas/${one}/jsonschema/`),
  );
  const waits = await singles(browser, panel, wiki);
  const bursts: Burst[] = [];
  for (let round = 0; round < ROUNDS; round++) bursts.push(await burst(browser, panel, wiki, round));

  const all = (key: keyof Burst) => bursts.map(one => one[key]);
  const median = (key: keyof Burst) => quantile(all(key), 0.5);
  writeResults('panel', name, browser.version, [
    measured('single calls: from call to row on screen, median', quantile(waits, 0.5), 'ms'),
    measured('single calls: from call to row on screen, p95', quantile(waits, 0.95), 'ms', 50),
    measured(
      `burst of ${BURST} calls: records lost, all rounds`,
      all('lost').reduce((a, b) => a + b),
      'records',
      0,
    ),
    measured('burst: the calls themselves', median('calls'), 'ms'),
    measured('burst: from its end to the last record in the log', median('logged'), 'ms'),
    measured('burst: from its end to the last row on screen', median('shown'), 'ms', 1_000),
    measured('burst: from its end to the last verdict', median('judged'), 'ms'),
    measured('burst: longest task of the panel, worst round', Math.max(...all('task')), 'ms', 200),
  ]);
} finally {
  await browser.close();
  await wiki.close();
}
