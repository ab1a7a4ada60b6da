/** How fast verdicts are, of an engine: by itself, behind the whole validator, and beside native Ajv. Runs anywhere. */

import type { JsonObject } from '../../src/record/record.ts';
import type { Engine, Repository } from '../../src/validation/types.ts';
import { createValidator } from '../../src/validation/validator.ts';
import { LARGE, type Subject, TYPICAL } from './validation-subjects.ts';

const ROUNDS = 5;
const NEW_SCHEMAS = 30;
/** As many as the panel has judged at once. */
const AT_ONCE = 64;

/** A figure with its budget, as `results.ts` takes it. */
export type Figure = [measure: string, value: number, unit: string, budget: number | null];

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Calls a second, of the median round. */
export async function rate(calls: number, call: (index: number) => unknown): Promise<number> {
  const seconds: number[] = [];
  for (let done = 0; done <= ROUNDS; done++) {
    const began = performance.now();
    for (let index = 0; index < calls; index += AT_ONCE) {
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, calls - index) }, (_, more) => call(index + more)));
    }
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

export function expectValid(answer: { valid?: boolean; verdict?: string }): void {
  if (answer.valid !== true && answer.verdict !== 'valid') throw new Error(`Not valid: ${JSON.stringify(answer)}`);
}

async function measureEngine(start: () => Engine, name: string, { schema, event }: Subject): Promise<Figure[]> {
  const engine = start();
  const [schemaText, eventText] = [JSON.stringify(schema), JSON.stringify(event)];
  await engine.compile('/warm/1.0.0', schemaText);
  const first = await time(NEW_SCHEMAS, async index => {
    await engine.compile(`/new/1.0.${index}`, schemaText);
    await engine.judge(`/new/1.0.${index}`, eventText);
  });
  const judged = await rate(name === 'large' ? 500 : 2_000, async () =>
    expectValid((await engine.judge('/warm/1.0.0', eventText)) as { valid: boolean }),
  );
  engine.close();
  return [
    [`first verdict of a new ${name} schema`, first, 'ms', 150],
    [`${name} events judged by the engine`, judged, '1/s', name === 'large' ? null : 5_000],
  ];
}

async function measureValidator(start: () => Engine, { schema, stream, title, event }: Subject): Promise<Figure> {
  const repository: Repository = { name: 'here', read: async () => ({ found: true, schema, repository: 'here' }) };
  const engine = start();
  const validator = createValidator({ engine, repositories: [repository] });
  const streams: { [stream: string]: JsonObject } = { [stream]: { schema_title: title } };
  const verdicts = await rate(2_000, async () => expectValid(await validator.verdict(event, streams)));
  engine.close();
  return ['typical events given a verdict by the validator', verdicts, '1/s', 5_000];
}

export async function timeValidation(start: () => Engine): Promise<Figure[]> {
  const starting = await time(5, async () => {
    const engine = start();
    await engine.judge('/none/1.0.0', 'null');
    engine.close();
  });
  return [
    ['start of the engine', starting, 'ms', null],
    ...(await measureEngine(start, 'typical', TYPICAL)),
    ...(await measureEngine(start, 'large', LARGE)),
    await measureValidator(start, TYPICAL),
  ];
}
