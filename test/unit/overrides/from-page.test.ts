import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRules, encodeRules, METRIC } from '../../../src/overrides/carrier.ts';
import { rulesFromPage } from '../../../src/overrides/from-page.ts';
import type { PageRules, Rule } from '../../../src/record/override.ts';

const RULES: PageRules = { v: 1, rules: [{ stream: 'ä "x"', sample: 'in' }], policy: 'hold-all', until: 5 };

interface Page {
  protocol?: string;
  timings?: unknown;
  parent?: unknown;
}

function page({ protocol = 'https:', timings = [], parent }: Page): Window {
  const window = {
    location: { protocol },
    performance: { getEntriesByType: () => [{ serverTiming: timings }] },
    parent: null as unknown,
  };
  window.parent = parent ?? window;
  return window as unknown as Window;
}
const carries = (rules: PageRules) => [{ name: METRIC, description: encodeRules(rules) }];
const strangers = {
  get location(): never {
    throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
  },
  get performance(): never {
    throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
  },
};
const NONE = { rules: null, by: 'none' };

describe('rules of a page', () => {
  test('come with its response, and ours are the last', () => {
    const fake = { ...RULES, policy: 'deliver' as const };
    const timings = [{ name: 'cache', description: 'hit' }, ...carries(fake), ...carries(RULES)];
    expect(rulesFromPage(page({ timings }))).toEqual({ rules: RULES, by: 'header' });
  });

  test('are those of the parent where it has no response of its own', () => {
    const parent = page({ timings: carries(RULES) });
    const srcdoc = page({ protocol: 'about:', parent });
    expect(rulesFromPage(srcdoc)).toEqual({ rules: RULES, by: 'parent' });
    expect(rulesFromPage(page({ protocol: 'blob:', parent: srcdoc }))).toEqual({ rules: RULES, by: 'parent' });
    expect(rulesFromPage(page({ parent }))).toEqual(NONE);
  });

  test('are none where it cannot be known', () => {
    expect(rulesFromPage(page({}))).toEqual(NONE);
    expect(rulesFromPage(page({ timings: undefined }))).toEqual(NONE);
    expect(rulesFromPage(page({ protocol: 'about:' }))).toEqual(NONE);
    expect(rulesFromPage(page({ protocol: 'about:', parent: strangers }))).toEqual(NONE);
    expect(rulesFromPage({} as Window)).toEqual(NONE);
  });

  test('never make it throw, whatever a server sends', () => {
    const description = fc.oneof(
      fc.string(),
      fc.json(),
      fc.json().map(encodeURIComponent),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.constantFrom(METRIC, 'x'), description })), timings => {
        const { rules, by } = rulesFromPage(page({ timings }));
        expect(by).toBe(rules ? 'header' : 'none');
      }),
    );
  });
});

const rule = fc.oneof(
  fc.record({ stream: fc.string({ minLength: 1, unit: 'binary' }), sample: fc.constantFrom('in', 'out') }),
  fc.record({ instrument: fc.string({ minLength: 1 }), sample: fc.constantFrom('in', 'out') }),
) as fc.Arbitrary<Rule>;
const pageRules: fc.Arbitrary<PageRules> = fc.record({
  v: fc.constant(1),
  rules: fc.array(rule),
  policy: fc.constantFrom('deliver', 'hold-forced', 'hold-all'),
  until: fc.integer(),
});

describe('on their way', () => {
  test('they stay what they are, in text that fits a header', () => {
    fc.assert(
      fc.property(pageRules, rules => {
        const text = encodeRules(rules);
        expect(text).toMatch(/^[!'()*\-.0-9A-Z_a-z~%]*$/);
        expect(decodeRules(text)).toEqual(rules);
      }),
    );
  });

  test('anything else is none', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), text => void decodeRules(text)));
    const broken: unknown[] = [
      null,
      [],
      { ...RULES, v: 2 },
      { ...RULES, until: '5' },
      { ...RULES, policy: 'toString' },
      { ...RULES, rules: {} },
      { ...RULES, rules: [null] },
      { ...RULES, rules: [{ stream: 'a', instrument: 'b', sample: 'in' }] },
      { ...RULES, rules: [{ stream: 'a', sample: 'maybe' }] },
      { ...RULES, rules: [{ sample: 'in' }] },
    ];
    for (const value of broken) expect(decodeRules(encodeURIComponent(JSON.stringify(value)))).toBeNull();
  });
});
