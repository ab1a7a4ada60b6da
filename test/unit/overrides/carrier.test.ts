import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeRules, encodeRules, METRIC } from '../../../src/overrides/carrier.ts';
import { inheritedTiming } from '../../../src/page/timing.ts';
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
const rulesOf = (window: Window) => decodeRules(inheritedTiming(window, METRIC) ?? '');
const carries = (rules: PageRules) => [{ name: METRIC, description: encodeRules(rules) }];
const stranger = {
  get location(): never {
    throw new DOMException('Blocked a frame from accessing a cross-origin frame.', 'SecurityError');
  },
};

describe('rules of a page', () => {
  test('come with its response, and ours are the last', () => {
    const theirs = { ...RULES, policy: 'deliver' as const };
    const timings = [{ name: 'cache', description: 'hit' }, ...carries(theirs), ...carries(RULES)];
    expect(rulesOf(page({ timings }))).toEqual(RULES);
  });

  test('are those of the parent where it has no response of its own', () => {
    const parent = page({ timings: carries(RULES) });
    const srcdoc = page({ protocol: 'about:', parent });
    expect(rulesOf(srcdoc)).toEqual(RULES);
    expect(rulesOf(page({ protocol: 'blob:', parent: srcdoc }))).toEqual(RULES);
    expect(rulesOf(page({ parent }))).toBeNull();
  });

  test('are none where it cannot be known', () => {
    expect(rulesOf(page({}))).toBeNull();
    expect(rulesOf(page({ timings: undefined }))).toBeNull();
    expect(rulesOf(page({ protocol: 'about:' }))).toBeNull();
    expect(rulesOf(page({ protocol: 'about:', parent: stranger }))).toBeNull();
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
  test('rules stay what they are, in text that fits a header and a query', () => {
    fc.assert(
      fc.property(pageRules, rules => {
        const text = encodeRules(rules);
        expect(text).toMatch(/^[!'()*\-.0-9A-Z_a-z~%]*$/);
        expect(decodeRules(text)).toEqual(rules);
      }),
    );
  });

  test('anything else is none, whatever a server sends', () => {
    const text = fc.oneof(fc.string(), fc.json(), fc.json().map(encodeURIComponent), fc.string({ unit: 'binary' }));
    fc.assert(fc.property(text, sent => void decodeRules(sent)));
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
