/** The tour of calls in the panel's log: as it is stated, and as the record's schema has it. */

import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caughtUp } from '../../src/cli/inspected.ts';
import schema from '../../src/record/record.schema.json' with { type: 'json' };
import type { Line, Record } from '../../src/record/record.ts';
import { differences } from '../wiki/compare.ts';
import { TOUR, TOUR_PATH } from '../wiki/tour.ts';
import { BROWSERS, openWorld, until, type World } from './support/world.ts';

const EXPECTED = TOUR.flatMap(step => step.expected);
const validate = new Ajv({ allErrors: true }).compile(schema);

describe.each(BROWSERS)('%s', name => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(name);
  });
  afterAll(() => world.close());

  it('has the tour as it is stated, in lines that satisfy the schema', async () => {
    const { browser, wiki, panel } = world;
    await browser.page.goto(new URL(TOUR_PATH, wiki.url).href);
    await browser.page.waitFor(`document.documentElement.dataset.tour === 'done'`);
    await browser.page.goto(`${wiki.url}wiki/Blank?clients=0`);
    await until('all records of the tour', async () => (await world.records()).length >= EXPECTED.length);
    await caughtUp(panel, true, 10_000);

    const lines = (await panel.evaluate<string>('inspector.lines()'))
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as Line);
    for (const line of lines) expect([validate(line), validate.errors, line]).toEqual([true, null, line]);
    expect(lines[0]?.type).toBe('header');
    const records = lines.filter((line): line is Record => line.type === 'record');
    expect(differences(records, EXPECTED)).toEqual([]);
    expect(records.filter(({ final }) => !final)).toEqual([]);
  });
});
