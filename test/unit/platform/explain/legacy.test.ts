import { describe, expect, it } from 'vitest';
import { explainBucket, oneAtATime } from '../../../../src/platform/explain/buckets.ts';
import { explainPhpPopulation, explainPopulation } from '../../../../src/platform/explain/population.ts';

const REST = 'c0ffee00c0ff';

/** What MediaWiki's own hash answered. */
describe('oneAtATime', () => {
  it.each([
    ['', 0],
    ['a', 3392050242],
    [`WME.ReadingDepth:80000000${REST}`, 4184970084],
    [`WME.ReadingDepth:00000000${REST}`, 3441476132],
    ['é€😀:x', 2624810109],
  ])('%s', (text, hash) => {
    expect(oneAtATime(text)).toBe(hash);
  });
});

describe('explainBucket', () => {
  const experiment = (control: number, A: number, enabled = true) => ({
    name: 'WME.ReadingDepth',
    enabled,
    buckets: { control, A },
  });
  const id = `80000000${REST}`;

  it('lays the hash along the buckets', () => {
    const value = 4184970084 / 0xffffffff;
    expect(explainBucket(experiment(0.5, 0.5), 'session', id)).toMatchObject({ verdict: 'in', bucket: 'A', value });
    expect(explainBucket(experiment(0.99, 0.01), 'session', id)).toMatchObject({ verdict: 'out', bucket: 'control' });
    expect(explainBucket(experiment(5, 5), null, id)).toMatchObject({ verdict: 'in', bucket: 'A', unit: null });
  });

  it('is in control without buckets, and in none where sizes are no numbers', () => {
    expect(explainBucket(experiment(0, 1, false), 'session', id)).toMatchObject({
      code: 'buckets-disabled',
      bucket: 'control',
    });
    expect(explainBucket({ name: 'x', enabled: true, buckets: {} }, 'session', id).code).toBe('buckets-disabled');
    expect(explainBucket(experiment(NaN, 1), 'session', id)).toMatchObject({ code: 'no-bucket', bucket: null });
    expect(explainBucket(experiment(0.5, 0.5), 'session', undefined).verdict).toBe('not-known');
  });
});

describe('populations', () => {
  it.each([
    [1, `ffffffff${REST}`, 'in', 'in'],
    [0, `00000000${REST}`, 'out', 'throws'],
    [Infinity, `00000000${REST}`, 'in', 'throws'],
    [Infinity, `00000001${REST}`, 'out', 'throws'],
    [0.5, `00000003${REST}`, 'in', 'throws'],
    [10 / 3, `00000003${REST}`, 'out', 'in'],
    [100, 'zzzz', 'out', 'in'],
    [100, '6z4', 'out', 'in'],
    [null, `00000000${REST}`, 'not-known', 'not-known'],
    [100, undefined, 'not-known', 'not-known'],
    [100, '', 'random', 'in'],
  ])('one in %s, %s: JavaScript %s, PHP %s', (population, id, javascript, php) => {
    expect(explainPopulation(population, 'session', id).verdict).toBe(javascript);
    expect(explainPhpPopulation(population, id).verdict).toBe(php);
  });
});
