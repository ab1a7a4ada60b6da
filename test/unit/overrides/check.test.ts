import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkOverride, OverrideError } from '../../../src/overrides/check.ts';

const NOW = 1_000_000;

test('a good override passes as a copy without anything else in it', () => {
  const override = { rules: [{ instrument: 'x', sample: 'out' }], policy: 'deliver', until: NOW + 1 };
  const given = { ...override, rules: [{ ...override.rules[0], note: 'mine' }], name: 'mine' };
  expect(checkOverride(given, NOW)).toEqual(override);
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
