/**
 * How long each check takes an event: `npm run bench -- checks` in Node, with `--browser chromium|firefox` in the panel.
 * Writes test/bench/results/checks-<node or browser>.json.
 */

import { type Timed, timeChecks } from './checks-measure.ts';
import { insidePanel } from './inside-panel.ts';
import { measured, writeResults } from './results.ts';

/** Microseconds a check and event. */
const BUDGET = 20;

const panel = await insidePanel('test/bench/checks-measure.ts');
try {
  const timed = panel ? await panel.run<Timed[]>('inside.timeChecks()') : timeChecks();
  const measures = timed.map(({ measure, value, isUsual }) => measured(measure, value, 'µs', isUsual ? BUDGET : null));
  writeResults('checks', panel?.name ?? 'node', panel?.version ?? `Node ${process.version}`, measures);
} finally {
  await panel?.close();
}
