import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleError, ruleOf, targetOf } from '../../../src/overrides/rules.ts';
import type { Rule } from '../../../src/record/override.ts';

const GOOD: Rule[] = [
  { stream: 'a', sample: 'in' },
  { stream: 'a', sample: 0 },
  { instrument: 'b', sample: 0.25 },
  { schema: 'Test', sample: 'out' },
  { population: 'pageview', sample: 'in' },
  { session: 'ABC' },
  { pageview: '0123456789abcdef0123' },
  { experiment: 'my-experiment', group: 'treatment', as: 'mpo' },
  { experiment: 'my-experiment', group: 'treatment', as: 'enrolled' },
  { experiment: 'my-experiment', group: null, as: 'enrolled' },
  { config: 'new.stream', value: { sample: { unit: 'session', rate: 1 } } },
  { exposures: 'clear' },
  { cookies: 'off' },
  { hasty: 'off' },
];

describe('a rule', () => {
  it.each(GOOD.map(rule => [rule]))('%j passes, its kind first', rule => {
    const shuffled = Object.fromEntries(Object.entries(rule).reverse());
    expect(JSON.stringify(ruleOf(shuffled))).toBe(JSON.stringify(rule));
    expect(targetOf(rule).kind).toBe(Object.keys(rule)[0]);
  });

  it.each([
    [{ stream: 'a', sample: '0.5' }, 'sample', 'a rate from 0 to 1, not "0.5"'],
    [{ stream: 'a', sample: NaN }, 'sample', 'not NaN'],
    [{ stream: 'a', sample: -1 }, 'sample', 'not -1'],
    [{ stream: 'a', sample: 5 }, 'sample', 'not 5'],
    [{ stream: 'a' }, 'sample', 'not nothing'],
    [{ stream: '', sample: 'in' }, 'stream', 'must be a name'],
    [{ stream: 7, sample: 'in' }, 'stream', 'not 7'],
    [{ stream: 'a', sample: 'in', note: 'x' }, 'note', 'has no field "note"'],
    [{ stream: 'a', instrument: 'a', sample: 'in' }, 'rule', 'both "stream" and "instrument"'],
    [{ colour: 'red' }, 'rule', 'none of them'],
    [[], 'rule', 'must be an object, not []'],
    [null, 'rule', 'not null'],
    [{ session: 'x'.repeat(65) }, 'session', '64 characters'],
    [{ experiment: 'a:b', group: 'c', as: 'mpo' }, 'experiment', 'not "a:b"'],
    [{ experiment: 'a', group: 'b;c', as: 'mpo' }, 'group', 'not "b;c"'],
    [{ experiment: 'a', group: null, as: 'mpo' }, 'group', 'the name of a group, not null'],
    [{ experiment: 'a', group: 'b' }, 'as', '"enrolled" or "mpo", not nothing'],
    [{ config: 'a', value: 'x' }, 'value', 'a JSON object, not "x"'],
    [{ config: 'a', value: [] }, 'value', 'not []'],
    [{ exposures: 'keep' }, 'exposures', 'must be "clear"'],
  ])('%j is refused at %s', (value, field, message) => {
    const error = (() => {
      try {
        return ruleOf(value);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(RuleError);
    expect(error).toMatchObject({ field, message: expect.stringContaining(message) });
  });

  it('of any kind of value is read, or refused in words', () => {
    const value = fc.oneof(fc.anything(), fc.record({ config: fc.string(), value: fc.anything() }));
    fc.assert(
      fc.property(value, given => {
        try {
          expect(JSON.parse(JSON.stringify(ruleOf(given)))).toEqual(ruleOf(given));
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError);
        }
      }),
    );
  });
});
