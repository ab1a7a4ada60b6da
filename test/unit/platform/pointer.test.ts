import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, stepsOf, valueAt } from '../../../src/platform/pointer.ts';

describe('stepsOf', () => {
  it('takes back what below has written', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), steps => {
        expect(stepsOf(steps.reduce(below, ''))).toEqual(steps);
      }),
    );
  });

  it('answers null for what is no pointer', () => {
    expect(stepsOf('a')).toBeNull();
  });
});

describe('valueAt', () => {
  it('finds what a path of steps leads to', () => {
    expect(valueAt({ 'a/b~c': [1, { x: 2 }] }, '/a~1b~0c/1/x')).toBe(2);
  });

  it('reads own properties only', () => {
    expect(valueAt({ a: [1] }, '/a/length')).toBeUndefined();
    expect(valueAt({}, '/constructor')).toBeUndefined();
    expect(valueAt({ a: null }, '/a/b')).toBeUndefined();
  });
});
