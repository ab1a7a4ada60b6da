import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkOverride, checkRules, OverrideError } from '../../../src/overrides/check.ts';

const NOW = 1_000_000;

test('a good override passes as a copy without anything else in it', () => {
  const override = { rules: [{ instrument: 'x', sample: 'out' }], policy: 'deliver', until: NOW + 1 };
  const given = { ...override, target: 'http://localhost/', name: 'mine' };
  expect(checkOverride(given, NOW)).toEqual(override);
});

test('a redirect needs an address', () => {
  const override = { rules: [], policy: 'redirect', until: NOW + 1 };
  const target = 'http://localhost:8192/v1/events';
  expect(checkOverride({ ...override, target }, NOW)).toEqual({ ...override, target });
  for (const bad of [undefined, '', 'localhost:8192', 'file:///x', 'https://user:pass@a/', 7])
    expect(() => checkOverride({ ...override, target: bad }, NOW)).toThrow(/http or https address/);
});

test('two rules about the same thing are refused', () => {
  const rules = [
    { stream: 'a', sample: 'in' },
    { instrument: 'a', sample: 'in' },
    { stream: 'a', sample: 'out' },
  ];
  expect(() => checkRules(rules)).toThrow('Rule 3 is about the same stream as rule 1. Keep one of them.');
});

test('whatever is given, it passes or is refused in words', () => {
  const value = fc.oneof(
    fc.anything(),
    fc.record({
      rules: fc.array(fc.anything()),
      policy: fc.constantFrom('deliver', 'x', null),
      until: fc.oneof(fc.double(), fc.constant(NOW + 5)),
    }),
  );
  fc.assert(
    fc.property(value, given => {
      try {
        expect(checkOverride(given, NOW).until).toBeGreaterThan(NOW);
      } catch (error) {
        expect(error).toBeInstanceOf(OverrideError);
      }
    }),
  );
});
