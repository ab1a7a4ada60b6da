/** The validator's own worker, in the packed extension: EventGate's verdicts, and schemas that mean harm. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Compiled, Engine, Judged } from '../../src/validation/types.ts';
import { expectedOf, readCases, schemaAt, there } from '../unit/validation/eventgate-cases.ts';
import { EVIL_TEXT, FRIENDLY, PATTERN, REFUSED, STOPPED } from '../unit/validation/hostile-corpus.ts';
import { putInside } from './support/inside.ts';
import { BROWSERS, openWorld, report, type World } from './support/world.ts';

const SAMPLE = 2_000;
const AT_ONCE = 100;

interface Asked {
  schemas: { uri: string; text: string }[];
  events: { uri: string; text: string }[];
}

/** Runs in the panel: compiles these schemas and judges these events in its worker. */
async function judgeInside({
  schemas,
  events,
}: Asked): Promise<{ compiled: Compiled[]; judged: Judged[]; took: number }> {
  const page = globalThis as unknown as {
    engine?: Engine;
    inside: { createWorkerEngine(spawn: () => Worker): Engine };
  };
  const engine = (page.engine ??= page.inside.createWorkerEngine(() => new Worker('validator.js')));
  const began = performance.now();
  const compiled = await Promise.all(schemas.map(({ uri, text }) => engine.compile(uri, text)));
  const judged = await Promise.all(events.map(({ uri, text }) => engine.judge(uri, text)));
  return { compiled, judged, took: performance.now() - began };
}

/** Runs in any page: the longest time in milliseconds that a timer was late by, until `stop` is called. */
function startWatch(): void {
  const page = globalThis as unknown as { stopWatch: () => number };
  let longest = 0;
  let before = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - before - 4);
    before = now;
  }, 4);
  page.stopWatch = () => {
    clearInterval(timer);
    return longest;
  };
}

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
    await putInside(world.panel, 'src/validation/engine-worker.ts');
  });
  afterAll(() => world.close());

  const inside = (asked: Asked) => world.panel.evaluate(judgeInside, asked);

  async function theNextVerdictWorks(): Promise<void> {
    const { compiled, judged } = await inside({
      schemas: [{ uri: '/friendly', text: FRIENDLY }],
      events: [
        { uri: '/friendly', text: '{"a":"x"}' },
        { uri: '/friendly', text: '{}' },
      ],
    });
    expect(compiled).toEqual([{ ok: true }]);
    expect(judged).toMatchObject([
      { ok: true, valid: true },
      { ok: true, valid: false },
    ]);
  }

  it.skipIf(!there)(`agrees with EventGate in ${SAMPLE} verdicts, error for error`, async () => {
    const all = readCases();
    const cases = all
      .filter(
        (_, index) => Math.floor((index * SAMPLE) / all.length) !== Math.floor(((index - 1) * SAMPLE) / all.length),
      )
      .slice(0, SAMPLE);
    let equal = 0;
    for (let from = 0; from < cases.length; from += AT_ONCE) {
      const part = cases.slice(from, from + AT_ONCE);
      const schemas = [...new Set(part.map(({ schema }) => schema))].map(uri => ({ uri, text: schemaAt(uri) }));
      const events = part.map(({ schema, event }) => ({ uri: schema, text: JSON.stringify(event) }));
      const { compiled, judged } = await inside({ schemas, events });
      expect(compiled.every(({ ok }) => ok)).toBe(true);
      expect(judged).toEqual(part.map(expectedOf));
      equal += judged.length;
    }
    report({ cell: 'eventgate', browser: name, cases: cases.length, equal });
    expect(equal).toBe(SAMPLE);
  });

  it('stops or refuses each hostile schema, and the next verdict works', async () => {
    const times: { [what: string]: number } = {};
    const corpus = Object.entries({ ...STOPPED, ...REFUSED });
    for (const [what, given] of corpus) {
      const { schema } = given;
      const event = 'event' in given ? given.event : undefined;
      const { compiled, judged, took } = await inside({
        schemas: [{ uri: '/hostile', text: schema }],
        events: event === undefined ? [] : [{ uri: '/hostile', text: event }],
      });
      const answers = [...compiled, ...judged];
      expect([what, answers.some(({ ok }) => !ok)]).toEqual([what, true]);
      times[what] = Math.round(took);
      await theNextVerdictWorks();
    }
    const [slowest] = Object.entries(times).toSorted(([, a], [, b]) => b - a);
    report({ cell: 'hostile schemas', browser: name, cases: corpus.length, slowest: slowest ?? null });
    expect(await world.browser.errors()).toEqual([]);
  });

  it('asks nobody for what a schema refers to', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests++;
      response.end('{}');
    });
    await new Promise<void>(resolve => server.listen(0, resolve));
    try {
      const url = `http://localhost:${(server.address() as AddressInfo).port}/x`;
      const { compiled } = await inside({
        schemas: [{ $ref: url }, { $schema: url }, { properties: { a: { $ref: `${url}#/a` } } }].map(
          (schema, index) => ({
            uri: `/remote/${index}`,
            text: JSON.stringify(schema),
          }),
        ),
        events: [],
      });
      expect(compiled.map(({ ok }) => ok)).toEqual([false, false, false]);
      expect(requests).toBe(0);
    } finally {
      server.close();
    }
  });

  it('leaves page and panel free while an event runs into its deadline', async () => {
    const { panel, browser } = world;
    await theNextVerdictWorks();
    await panel.evaluate(startWatch);
    await browser.page.evaluate(startWatch);
    const { judged, took } = await inside({
      schemas: [{ uri: '/evil', text: PATTERN('^(a+)+$') }],
      events: [{ uri: '/evil', text: EVIL_TEXT }],
    });
    const [inPanel, inPage] = [
      await panel.evaluate<number>('stopWatch()'),
      await browser.page.evaluate<number>('stopWatch()'),
    ];
    expect(judged).toMatchObject([{ ok: false, reason: 'limit' }]);
    report({
      cell: 'deadline',
      browser: name,
      took: Math.round(took),
      inPanel: Math.round(inPanel),
      inPage: Math.round(inPage),
    });
    expect(took).toBeLessThan(2_000);
    expect(Math.max(inPanel, inPage)).toBeLessThan(200);
    await theNextVerdictWorks();
  });
});
