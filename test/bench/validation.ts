/**
 * How fast verdicts are in Node: the engine and the whole validator, against native Ajv in the same run.
 * Writes test/bench/results/validation-node.json.
 */

import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import Ajv from 'ajv';
import type { JsonObject } from '../../src/record/record.ts';
import { createQuickJsEngine } from '../../src/validation/engine-quickjs.ts';
import { bundleGuest } from '../../src/validation/guest-plugin.ts';
import type { Repository } from '../../src/validation/types.ts';
import { createValidator } from '../../src/validation/validator.ts';
import { type Measure, measured, quantile, writeResults } from './results.ts';
import { LARGE, type Subject, TYPICAL } from './validation-subjects.ts';

const ROUNDS = 5;
const NEW_SCHEMAS = 30;

const median = (values: number[]) => quantile(values, 0.5);

/** Calls a second, of the median round. */
async function rate(calls: number, call: (index: number) => unknown): Promise<number> {
  const seconds: number[] = [];
  for (let done = 0; done <= ROUNDS; done++) {
    const began = performance.now();
    for (let index = 0; index < calls; index++) await call(index);
    // The first round warms up.
    if (done > 0) seconds.push((performance.now() - began) / 1_000);
  }
  return calls / median(seconds);
}

/** The median time in milliseconds. */
async function time(times: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const milliseconds: number[] = [];
  for (let index = 0; index < times; index++) {
    const began = performance.now();
    await work(index);
    milliseconds.push(performance.now() - began);
  }
  return median(milliseconds);
}

function expectValid(answer: { valid?: boolean; verdict?: string }): void {
  if (answer.valid !== true && answer.verdict !== 'valid') throw new Error(`Not valid: ${JSON.stringify(answer)}`);
}

/** Native Ajv as EventGate sets it up, from text as the engine gets it. */
function native({ schema, event }: Subject): () => void {
  const validate = new Ajv({ useDefaults: true, schemaId: 'auto', allErrors: true, validateSchema: false }).compile(
    schema,
  );
  const text = JSON.stringify(event);
  return () => expectValid({ valid: validate(JSON.parse(text)) === true });
}

const guest = await bundleGuest();
const start = () => createQuickJsEngine({ guest, variant });
const measures: Measure[] = [];

function note(...figure: Parameters<typeof measured>): void {
  measures.push(measured(...figure));
}

async function measureEngine(name: string, subject: Subject, budgets: { rate: number | null }): Promise<void> {
  const engine = start();
  const [schema, event] = [JSON.stringify(subject.schema), JSON.stringify(subject.event)];
  await engine.compile('/warm/1.0.0', schema);
  const first = await time(NEW_SCHEMAS, async index => {
    await engine.compile(`/new/1.0.${index}`, schema);
    await engine.judge(`/new/1.0.${index}`, event);
  });
  note(`first verdict of a new ${name} schema`, first, 'ms', 150);

  const calls = name === 'large' ? 500 : 2_000;
  const ours = await rate(calls, async () =>
    expectValid((await engine.judge('/warm/1.0.0', event)) as { valid: boolean }),
  );
  note(`${name} events judged by the engine`, ours, '1/s', budgets.rate);
  note(`native Ajv, ${name} events, as a multiple of the engine`, (await rate(calls, native(subject))) / ours, 'times');
  engine.close();
}

async function measureValidator(subject: Subject): Promise<void> {
  const repository: Repository = {
    name: 'here',
    read: async () => ({ found: true, schema: subject.schema, repository: 'here' }),
  };
  const engine = start();
  const validator = createValidator({ engine, repositories: [repository] });
  const streams: { [stream: string]: JsonObject } = { [subject.stream]: { schema_title: subject.title } };
  const verdicts = await rate(2_000, async () => expectValid(await validator.verdict(subject.event, streams)));
  note('typical events given a verdict by the validator', verdicts, '1/s', 5_000);
  engine.close();
}

const starting = await time(5, async () => {
  const engine = start();
  await engine.judge('/none/1.0.0', 'null');
  engine.close();
});
note('start of the engine', starting, 'ms');
await measureEngine('typical', TYPICAL, { rate: 5_000 });
await measureEngine('large', LARGE, { rate: null });
await measureValidator(TYPICAL);

writeResults('validation', 'node', `Node ${process.version}`, measures);
