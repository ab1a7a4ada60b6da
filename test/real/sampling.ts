/**
 * Our verdicts on sampling against those of the real sources, run in a `vm` with stubs of what they ask: for each client
 * 10,000 configs and identifiers, edge values among them. `npm run real -- --sources DIR --sampling`.
 */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { explain, type ConfigClient } from '../../src/platform/explain/explain.ts';
import type { Json } from '../../src/platform/json.ts';

type Answer = 'in' | 'out' | 'throws';

interface Asked {
  config: Json | undefined;
  /** The session and the pageview id. */
  id: string | null;
}

/** A real client, ready to answer. */
type Real = (asked: Asked) => boolean;

const CASES = 10_000;

/** Runs a CommonJS file of a checkout; `modules` are what it may require. */
function load(file: string, globals: object, modules: { [name: string]: unknown }): unknown {
  const module = { exports: {} as unknown };
  const require = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`${file} requires ${name}`);
    return modules[name];
  };
  const context = createContext({ ...globals, module, exports: module.exports, require, console: {} });
  new Script(readFileSync(file, 'utf8'), { filename: file }).runInContext(context);
  return module.exports;
}

interface Controller {
  streamInSample?: (config: unknown) => boolean;
  isStreamInSample?: (config: unknown) => boolean;
}

function library(folder: string): Real {
  const modules: { [name: string]: unknown } = {};
  if (!folder.includes('@7f05522')) modules['./StreamConfig.js'] = load(join(folder, 'StreamConfig.js'), {}, {});
  const Controller = load(join(folder, 'SamplingController.js'), {}, modules) as new (
    integration: object,
  ) => Controller;
  let id: string | null = null;
  const controller = new Controller({
    getContextAttributes: () => ({ performer: { session_id: id, pageview_id: id } }),
    getSessionId: () => id,
    getPageviewId: () => id,
  });
  return asked => {
    id = asked.id;
    const ask = controller.isStreamInSample ?? controller.streamInSample;
    if (!ask) throw new Error('The library has another API than expected.');
    return ask.call(controller, asked.config);
  };
}

function testKitchen(folder: string): Real {
  const config: { instrumentConfigs: { [name: string]: unknown }; experimentConfigs: object } = {
    instrumentConfigs: {},
    experimentConfigs: {},
  };
  let id: string | null = null;
  const user = {
    sessionId: () => id,
    getPageviewToken: () => id,
    isAnon: () => true,
    getId: () => 0,
    getName: () => null,
  };
  const mw = {
    config: { get: (_: string, otherwise: unknown = null) => otherwise },
    user,
  } as { testKitchen?: { getInstrument: (name: string) => { isInSample: () => boolean } } };
  const globals = { mw, window: {}, navigator: { userAgent: 'Node', cookieEnabled: true } };
  const modules: { [name: string]: unknown } = { './config.json': config, './internalEventSender.js': {} };
  const names = ['ContextualAttributesFactory', 'EventFactory', 'Instrument', 'ExposureLogTracker', 'enrollmentConfig'];
  for (const name of [...names, 'Experiment', 'index']) {
    modules[`./${name}.js`] = load(join(folder, `${name}.js`), globals, modules);
  }
  return asked => {
    id = asked.id;
    config.instrumentConfigs = { asked: asked.config };
    if (!mw.testKitchen) throw new Error('Test Kitchen set no mw.testKitchen.');
    return mw.testKitchen.getInstrument('asked').isInSample();
  };
}

/** `open` takes the folder of the file. */
const CLIENTS: { client: ConfigClient; source: string; open: (folder: string) => Real }[] = [
  { client: 'mpl-js', source: 'mediawiki-libs-metrics-platform/js/src/SamplingController.js', open: library },
  ...(
    [
      ['mpl-js', 'mediawiki-extensions-EventLogging'],
      ['mpl-js', 'EventLogging@6147320'],
      ['mpl-js-1.39', 'EventLogging@7f05522'],
    ] as const
  ).map(([client, checkout]) => ({
    client,
    source: `${checkout}/modules/lib/metrics-platform/SamplingController.js`,
    open: library,
  })),
  {
    client: 'test-kitchen-js',
    source: 'mediawiki-extensions-TestKitchen/modules/ext.testKitchen/index.js',
    open: testKitchen,
  },
];

/** Random numbers that are the same in each run: mulberry32, from 0 to below 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const EDGE_IDS = [
  '',
  'abc',
  'xyz12345',
  '12zz5678',
  ' 7fffffff',
  '-7ffffff',
  '+1',
  '0x7fffff',
  '0A1B2C3D',
  '0'.repeat(20),
  null,
];
const EDGE_DIGITS = [
  0, 1, 0x028f5c28, 0x028f5c29, 0x19999999, 0x1999999a, 0x33333333, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
];
const EDGE_RATES: Json[] = [
  0,
  -0,
  1,
  0.5,
  0.1,
  0.2,
  0.01,
  0.001,
  5,
  -0.5,
  1e-300,
  1 + 2 ** -52,
  '0.5',
  '',
  'much',
  ' 1 ',
  '1e-1',
  null,
  true,
  false,
  [],
  [0.5],
  {},
];
const EDGE_UNITS: Json[] = [
  'session',
  'pageview',
  'device',
  'Session',
  'coelacanth',
  '',
  null,
  0,
  1,
  true,
  [],
  ['session'],
  {},
];
const EDGE_CONFIGS: (Json | undefined)[] = [
  undefined,
  null,
  false,
  0,
  '',
  'x',
  {},
  [],
  { sample: null },
  { sample: false },
  { sample: 0 },
  { sample: 'x' },
  { sample: true },
  { sample: [] },
  { sample: {} },
  { sample: { unit: 'session' } },
  { sample: { rate: 0.5 } },
];

function draw(next: () => number): Asked {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const hex = (number: number) => number.toString(16).padStart(8, '0');
  const rest = hex(Math.floor(next() * 2 ** 32)) + hex(Math.floor(next() * 2 ** 32)).slice(4);
  const digits = Math.floor(next() * 2 ** 32);
  // Edge values for a quarter each; also rates at, just below and just above what the identifier normalises to.
  const edgeId = next() < 0.25 ? (next() < 0.5 ? pick(EDGE_IDS) : hex(pick(EDGE_DIGITS)) + rest) : undefined;
  const id = edgeId === undefined ? hex(digits) + rest : edgeId;
  if (next() < 0.03) return { config: pick(EDGE_CONFIGS), id };
  const value = parseInt((id ?? '').slice(0, 8), 16) / (2 ** 32 - 1);
  const near = [value, value - 2 ** -32, value + 2 ** -32].filter(rate => !Number.isNaN(rate));
  const kind = next();
  const rate: Json = kind < 0.25 ? pick(EDGE_RATES) : kind < 0.4 && near.length > 0 ? pick(near) : next();
  const unit = next() < 0.25 ? pick(EDGE_UNITS) : pick(['session', 'pageview']);
  return { config: { sample: { unit, rate } }, id };
}

/**
 * @param sources folder of the checkouts
 * @param print takes a line of the report: one for each disagreement, one for each client, a summary
 * @returns how many verdicts disagree
 */
export function compareSampling(sources: string, print: (line: object) => void): number {
  let disagreements = 0;
  for (const { client, source, open } of CLIENTS) {
    const real = open(join(sources, dirname(source)));
    const next = random(1);
    const counts = { in: 0, out: 0, throws: 0 };
    let here = 0;
    for (let number = 0; number < CASES; number++) {
      const asked = draw(next);
      const expected = answerOf(real, asked);
      const given = explain({ client, config: asked.config }, { session: asked.id, pageview: asked.id }).verdict;
      counts[expected]++;
      if (given === expected) continue;
      here++;
      print({ type: 'disagreement', client, source, ...asked, real: expected, ours: given });
    }
    disagreements += here;
    print({ type: 'sampling', client, source, cases: CASES, ...counts, disagreements: here });
  }
  print({ type: 'summary', cases: CASES * CLIENTS.length, disagreements });
  return disagreements;
}

function answerOf(real: Real, asked: Asked): Answer {
  try {
    return real(asked) ? 'in' : 'out';
  } catch (error) {
    // Of a vm's own realm, so not an instance of ours; anything else is a stub that is missing.
    if ((error as Error).name === 'TypeError') return 'throws';
    throw error;
  }
}
