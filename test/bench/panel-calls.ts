/** How long it takes from a call to its row on screen: of single calls, and of a burst of calls in one task. For `panel.ts`. */

import { settled } from '../../src/cli/inspected.ts';
import { eventSource, READY } from '../browser/support/world.ts';
import { type Meter, startMeter } from './panel-meter.ts';
import { type Scene, SILENT } from './panel-scale.ts';
import { type Measure, measured, quantile } from './results.ts';

const BURST = 10_000;
const ROUNDS = 3;
const SINGLES = 200;

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

async function burst({ browser: { page }, panel, wiki }: Scene, round: number): Promise<Burst> {
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
  await page.evaluate(SILENT);
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
async function singles({ browser: { page }, panel, wiki }: Scene): Promise<number[]> {
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

/** Single calls, and bursts. */
export async function calls(scene: Scene): Promise<Measure[]> {
  const waits = await singles(scene);
  const bursts: Burst[] = [];
  for (let round = 0; round < ROUNDS; round++) bursts.push(await burst(scene, round));

  const all = (key: keyof Burst) => bursts.map(one => one[key]);
  const median = (key: keyof Burst) => quantile(all(key), 0.5);
  return [
    measured('the first call of a new panel: from call to row on screen', waits[0] ?? NaN, 'ms'),
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
  ];
}
