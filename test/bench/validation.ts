/**
 * How fast verdicts are: `npm run bench -- validation` in Node, against native Ajv in the same run; with
 * `--browser chromium|firefox` in the panel, by its own worker.
 * Writes test/bench/results/validation-<node or browser>.json.
 */

import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import Ajv from 'ajv';
import { createQuickJsEngine } from '../../src/validation/engine-quickjs.ts';
import { bundleGuest } from '../../src/validation/guest-plugin.ts';
import { insidePanel } from './inside-panel.ts';
import { measured, writeResults } from './results.ts';
import { expectValid, type Figure, rate, timeValidation } from './validation-measure.ts';
import { LARGE, type Subject, TYPICAL } from './validation-subjects.ts';

/** Native Ajv as EventGate sets it up, from text as the engine gets it. */
function native({ schema, event }: Subject): () => void {
  const validate = new Ajv({ useDefaults: true, schemaId: 'auto', allErrors: true, validateSchema: false }).compile(
    schema,
  );
  const text = JSON.stringify(event);
  return () => expectValid({ valid: validate(JSON.parse(text)) === true });
}

async function timeInNode(): Promise<Figure[]> {
  const guest = await bundleGuest();
  const figures = await timeValidation(() => createQuickJsEngine({ guest, variant }));
  for (const [name, subject] of [
    ['typical', TYPICAL],
    ['large', LARGE],
  ] as const) {
    const [, ours = NaN] = figures.find(([measure]) => measure === `${name} events judged by the engine`) ?? [];
    const times = (await rate(name === 'large' ? 500 : 2_000, native(subject))) / ours;
    figures.push([`native Ajv, ${name} events, as a multiple of the engine`, times, 'times', null]);
  }
  return figures;
}

const panel = await insidePanel('test/bench/validation-panel.ts');
try {
  const figures = panel ? await panel.run<Figure[]>('inside.timeInPanel()') : await timeInNode();
  const measures = figures.map(figure => measured(...figure));
  writeResults('validation', panel?.name ?? 'node', panel?.version ?? `Node ${process.version}`, measures);
} finally {
  await panel?.close();
}
