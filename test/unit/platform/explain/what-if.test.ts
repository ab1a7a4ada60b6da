import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, type ConfigClient, type Question } from '../../../../src/platform/explain/explain.ts';
import { nextIn, withRate } from '../../../../src/platform/explain/what-if.ts';

const REST = 'c0ffee00c0ff';
const hash = (rate: number, client: ConfigClient = 'mpl-js'): Question => ({
  client,
  config: { sample: { unit: 'session', rate } },
});
const modulus = (population: number | null): Question => ({ client: 'legacy-modulus', population, unit: 'session' });
const ids = (id: string) => ({ session: id, pageview: id, device: id });
const hex = fc.integer({ min: 0, max: 0xffffffff }).map(number => number.toString(16).padStart(8, '0') + REST);
const rate = fc.double({ min: Number.MIN_VALUE, max: 1, noNaN: true });

describe('widening the net', () => {
  it.each<ConfigClient>(['mpl-js', 'mpl-js-1.39', 'test-kitchen-js', 'kotlin'])(
    '%s: who is in at a rate is in at every higher rate',
    client => {
      fc.assert(
        fc.property(hex, rate, rate, (id, a, b) => {
          const verdict = (rate: number) => explain(hash(rate, client), ids(id)).verdict;
          if (verdict(Math.min(a, b)) === 'in') expect(verdict(Math.max(a, b))).toBe('in');
        }),
      );
    },
  );

  it('it does not hold for the remainder of a division: a counterexample is found, and a known one is one', () => {
    const isIn = (id: string, rate: number) => explain(withRate(modulus(1), rate), ids(id)).verdict === 'in';
    const found = fc.check(
      fc.property(hex, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (id, a, b) => {
        const [low, high] = [1 / Math.max(a, b), 1 / Math.min(a, b)];
        return !isIn(id, low) || isIn(id, high);
      }),
      { numRuns: 10_000, seed: 1 },
    );
    expect(found.failed).toBe(true);
    expect(isIn(`00000003${REST}`, 1 / 3)).toBe(true);
    expect(isIn(`00000003${REST}`, 1 / 2)).toBe(false);
  });
});

describe('withRate', () => {
  it('changes the rate and nothing else', () => {
    expect(
      withRate({ client: 'mpl-js', config: { producers: 1, sample: { unit: 'pageview', rate: 0.1 } } }, 0.5),
    ).toEqual({
      client: 'mpl-js',
      config: { producers: 1, sample: { unit: 'pageview', rate: 0.5 } },
    });
    expect(withRate({ client: 'mpl-js', config: {} }, 0.5)).toEqual(hash(0.5));
    expect(withRate(modulus(1), 0.25)).toEqual(modulus(4));
    expect(withRate(modulus(1), 0)).toEqual(modulus(Infinity));
    expect(withRate(modulus(1), 'much')).toEqual(modulus(null));
  });
});

describe('nextIn', () => {
  it.each<[string, Question | Question[], string, string | null]>([
    ['the one after', hash(0.5), `00000000${REST}`, `00000001${REST}`],
    ['begins again at 0', hash(0.5), `80000000${REST}`, `00000000${REST}`],
    ['begins again after the last', hash(1), `fffffffe${REST}`, `00000000${REST}`],
    ['nobody is in', hash(0), `00000000${REST}`, null],
    [
      'nobody knows the unit',
      { client: 'mpl-js', config: { sample: { unit: 'device', rate: 0.5 } } },
      `0000${REST}`,
      null,
    ],
    ['no config', { client: 'mpl-js', config: undefined }, `00000000${REST}`, null],
    [
      'keeps capitals and dashes',
      hash(0.5, 'kotlin'),
      '0000000F-4F89-41D3-9A0C-0305E82C330A',
      '00000010-4F89-41D3-9A0C-0305E82C330A',
    ],
    ['makes a whole one of a short one', hash(0.5), 'abc', '00000000000000000000'],
    ['a population', modulus(100), `00000001${REST}`, `00000064${REST}`],
    ['a population, past the end', modulus(100), `ffffffff${REST}`, `00000000${REST}`],
    ['a population that is no whole number', modulus(2.5), `00000001${REST}`, `00000005${REST}`],
    ['one that divides nothing but 0', modulus(1 / 0.3), `00000001${REST}`, `00000000${REST}`],
    ['Infinity', modulus(Infinity), `00000001${REST}`, `00000000${REST}`],
    ['0', modulus(0), `00000001${REST}`, null],
    [
      'of PHP, which cuts 2.5 down',
      { client: 'php-modulus', population: 2.5, unit: 'session' },
      `00000001${REST}`,
      `00000002${REST}`,
    ],
    ['of several, all', [hash(0.5), modulus(1000), modulus(3)], `7fffffff${REST}`, `00000000${REST}`],
    ['of several, the next', [hash(0.5), modulus(1000), modulus(3)], `00000000${REST}`, `00000bb8${REST}`],
  ])('%s', (_, questions, id, expected) => {
    expect(nextIn(questions, id)).toBe(expected);
  });

  it('finds a bucket by trying', () => {
    const experiment = { name: 'WME.ReadingDepth', enabled: true, buckets: { control: 0.999, A: 0.001 } };
    const question: Question = { client: 'mw-experiments', experiment, unit: 'session' };
    const next = nextIn(question, `00000000${REST}`) ?? '';
    expect(explain(question, { session: next })).toMatchObject({ verdict: 'in', bucket: 'A' });
  });

  it('is in, keeps the last digits, and nothing in between is in', () => {
    fc.assert(
      fc.property(hex, fc.integer({ min: 1, max: 40 }), (id, population) => {
        const question = modulus(population);
        const next = nextIn(question, id) ?? '';
        expect(next.slice(8)).toBe(REST);
        expect(explain(question, ids(next)).verdict).toBe('in');
        const [from, to] = [id, next].map(one => parseInt(one.slice(0, 8), 16)) as [number, number];
        for (let number = from + 1; number < to; number++) {
          const between = number.toString(16).padStart(8, '0') + REST;
          expect(explain(question, ids(between)).verdict).toBe('out');
        }
      }),
      { numRuns: 50 },
    );
  });
});
