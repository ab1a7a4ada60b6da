/** Results of a benchmark, as all of them write theirs: test/bench/results/<name>-<browser>.json. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Measure {
  measure: string;
  value: number;
  unit: string;
  budget: number | null;
  within: boolean | null;
}

/** Units of which more is better; of all others less is. */
const MORE_IS_BETTER = ['1/s'];

/** A figure with its budget, where it has one. */
export function measured(measure: string, value: number, unit: string, budget: number | null = null): Measure {
  const more = MORE_IS_BETTER.includes(unit);
  const within = budget === null ? null : more ? value >= budget : value <= budget;
  return { measure, value: Number(value.toPrecision(3)), unit, budget, within };
}

/** The value below which this share of the values lies; `share` 0.5 gives the median. */
export function quantile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN;
}

/**
 * Writes and prints the results.
 * @param host what stands in the file's name: `node`, `chromium`, `firefox`
 * @param browser with its version
 */
export function writeResults(name: string, host: string, browser: string, measures: Measure[]): void {
  const [cpu] = cpus();
  const machine = `${cpus().length} x ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  const file = new URL(`results/${name}-${host}.json`, import.meta.url);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ machine, browser, measures }, null, 2)}\n`);
  console.table(measures);
  console.log(fileURLToPath(file));
}
