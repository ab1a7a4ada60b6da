import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/platform/json.ts';
import { isInstrumentInSample, isStreamInSample, isValidSample } from '../../../src/platform/sampling.ts';
import { DROP_REASONS } from '../../../src/record/lists.ts';

const REST = 'c0ffee00c0ff';

type Case = [
  name: string,
  id: string | null,
  sample: Json,
  value: number | null,
  stream: 'in' | (typeof DROP_REASONS)[number],
  instrument: 'in' | (typeof DROP_REASONS)[number],
];

/** Worked examples: what the real SamplingController.js and the real Test Kitchen index.js answered when they were run. */
const CASES: Case[] = [
  ['1 zero', `00000000${REST}`, { unit: 'session', rate: 0.01 }, 0, 'in', 'in'],
  ['2 rate 0', `00000000${REST}`, { unit: 'session', rate: 0 }, 0, 'invalid-sample', 'out-of-sample'],
  ['3 all f at rate 1', `ffffffff${REST}`, { unit: 'session', rate: 1 }, 1, 'out-of-sample', 'out-of-sample'],
  ['4 one below', `fffffffe${REST}`, { unit: 'session', rate: 1 }, 0.9999999997671694, 'in', 'in'],
  ['5 half', `80000000${REST}`, { unit: 'session', rate: 0.5 }, 0.5000000001164153, 'out-of-sample', 'out-of-sample'],
  ['6 below half', `7fffffff${REST}`, { unit: 'session', rate: 0.5 }, 0.4999999998835847, 'in', 'in'],
  ['7', `19999999${REST}`, { unit: 'session', rate: 0.1 }, 0.09999999988358468, 'in', 'in'],
  ['8', `1999999a${REST}`, { unit: 'session', rate: 0.1 }, 0.10000000011641533, 'out-of-sample', 'out-of-sample'],
  ['9 equal', `33333333${REST}`, { unit: 'session', rate: 0.2 }, 0.2, 'out-of-sample', 'out-of-sample'],
  ['10', `028f5c28${REST}`, { unit: 'pageview', rate: 0.01 }, 0.009999999778810888, 'in', 'in'],
  ['11', `028f5c29${REST}`, { unit: 'pageview', rate: 0.01 }, 0.010000000011641532, 'out-of-sample', 'out-of-sample'],
  ['12', `00418937${REST}`, { unit: 'pageview', rate: 0.001 }, 0.0009999999313149602, 'in', 'in'],
  ['13 upper case', `0A1B2C3D${REST}`, { unit: 'session', rate: 0.05 }, 0.03947712412091836, 'in', 'in'],
  ['14 three digits', 'abc', { unit: 'session', rate: 0.5 }, 6.398186089098031e-7, 'in', 'in'],
  ['15 no number', 'xyz12345', { unit: 'session', rate: 0.5 }, null, 'out-of-sample', 'out-of-sample'],
  ['16 parses "12"', '12zz5678', { unit: 'session', rate: 0.5 }, 0x12 / 0xffffffff, 'in', 'in'],
  ['17 empty', '', { unit: 'session', rate: 0.5 }, null, 'out-of-sample', 'out-of-sample'],
  ['18 no id', null, { unit: 'session', rate: 0.5 }, null, 'threw', 'threw'],
  ['19 device', '3f2504e0-4f89', { unit: 'device', rate: 0.25 }, null, 'unknown-unit', 'unknown-unit'],
  ['20 coelacanth', `80000000${REST}`, { unit: 'coelacanth', rate: 0.5 }, null, 'unknown-unit', 'unknown-unit'],
  ['21 rate 5', `00000000${REST}`, { unit: 'session', rate: 5 }, 0, 'invalid-sample', 'in'],
  ['22 rate 5, all f', `ffffffff${REST}`, { unit: 'session', rate: 5 }, 1, 'invalid-sample', 'in'],
  ['23 negative', `00000000${REST}`, { unit: 'session', rate: -0.5 }, 0, 'invalid-sample', 'out-of-sample'],
  ['24 string rate', `00000000${REST}`, { unit: 'session', rate: '0.5' }, 0, 'in', 'in'],
  ['25 no rate', `00000000${REST}`, { unit: 'session' }, 0, 'invalid-sample', 'out-of-sample'],
  ['26 no sample', `00000000${REST}`, null, null, 'in', 'in'],
  ['27 empty sample', `00000000${REST}`, {}, null, 'invalid-sample', 'unknown-unit'],
];

describe.each([
  ['isStreamInSample', isStreamInSample, 4],
  ['isInstrumentInSample', isInstrumentInSample, 5],
] as const)('%s', (_, decide, column) => {
  it.each(CASES)('%s', (...row) => {
    const [, id, sample, value] = row;
    const expected = row[column];
    const result = decide({ sample }, { session: id, pageview: id });
    expect(result.inSample).toBe(expected === 'in');
    expect(result.reason).toBe(expected === 'in' ? null : expected);
    if (result.id !== null) expect(result.value).toBe(value);
    expect(result.sentence).toMatch(/^(In sample|Out of sample|Dropped): .+\.$/);
  });

  it('keeps the configured unit and rate as they are', () => {
    const result = decide({ sample: { unit: 'session', rate: '0.5' } }, { session: `00000000${REST}` });
    expect(result).toMatchObject({ unit: 'session', rate: '0.5', id: `00000000${REST}` });
  });

  it('samples by the identifier of its unit', () => {
    const ids = { session: `ffffffff${REST}`, pageview: `00000000${REST}` };
    expect(decide({ sample: { unit: 'session', rate: 0.5 } }, ids).inSample).toBe(false);
    expect(decide({ sample: { unit: 'pageview', rate: 0.5 } }, ids).inSample).toBe(true);
  });

  it('says so where the identifier is not known', () => {
    const result = decide({ sample: { unit: 'session', rate: 0.5 } }, {});
    expect(result).toMatchObject({ inSample: null, reason: null, value: null, unit: 'session', rate: 0.5 });
    expect(result.sentence).toContain('Not known');
  });

  it('who is in at a rate is in at every greater rate', () => {
    const rate = fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true });
    const id = fc.integer({ min: 0, max: 0xffffffff }).map(n => n.toString(16).padStart(8, '0') + REST);
    fc.assert(
      fc.property(id, rate, rate, fc.constantFrom('session', 'pageview'), (id, a, b, unit) => {
        const at = (rate: number) => decide({ sample: { unit, rate } }, { session: id, pageview: id }).inSample;
        if (at(Math.min(a, b))) expect(at(Math.max(a, b))).toBe(true);
      }),
    );
  });

  it('never throws, and gives a reason of the closed list exactly where it is out, whatever the config', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.option(fc.string()), (sample, id) => {
        const result = decide({ sample: sample as Json }, { session: id, pageview: id });
        expect(result.reason === null).toBe(result.inSample === true);
        if (result.reason) expect(DROP_REASONS).toContain(result.reason);
      }),
    );
  });

  it('takes a missing rate for no number, and null for 0', () => {
    const at = (sample: Json) => isInstrumentInSample({ sample }, { session: '-1' }).inSample;
    expect(at({ unit: 'session' })).toBe(false);
    expect(at({ unit: 'session', rate: null })).toBe(true);
  });

  it('survives a rate whose conversion would throw', () => {
    const rate = JSON.parse('{"valueOf":1,"toString":1}') as Json;
    expect(decide({ sample: { unit: 'session', rate } }, { session: `00000000${REST}` }).inSample).toBe(false);
  });
});

describe('without a config', () => {
  it('a stream is not configured, an instrument is unknown', () => {
    expect(isStreamInSample(undefined, {})).toMatchObject({ inSample: false, reason: 'stream-not-configured' });
    expect(isInstrumentInSample(undefined, {})).toMatchObject({ inSample: false, reason: 'unknown-instrument' });
  });
});

describe('the sentence', () => {
  it('explains with the numbers', () => {
    const ids = { session: `80000000${REST}` };
    expect(isStreamInSample({ sample: { unit: 'session', rate: 0.2 } }, ids).sentence).toBe(
      'Out of sample: the session id 80000000… is 0.5000000001164153, not below the rate 0.2.',
    );
    expect(isStreamInSample({ sample: { unit: 'session', rate: 0.6 } }, ids).sentence).toBe(
      'In sample: the session id 80000000… is 0.5000000001164153, below the rate 0.6.',
    );
  });
});

describe('isValidSample', () => {
  it.each<[Json, boolean]>([
    [{ unit: 'session', rate: 1 }, true],
    [{ unit: 'device', rate: 0.1 }, true],
    [{ unit: 'session', rate: '0.5' }, true],
    [{ unit: 'session', rate: 0 }, false],
    [{ unit: 'session', rate: 1.1 }, false],
    [{ unit: '', rate: 1 }, false],
    [{ rate: 1 }, false],
    [null, false],
    ['session', false],
    [[], false],
  ])('%j: %s', (sample, valid) => {
    expect(isValidSample(sample)).toBe(valid);
  });
});
