import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdentifier, normalise } from '../../../src/platform/identifiers.ts';

describe('normalise', () => {
  it.each([
    ['00000000c0ffee00c0ff', 0],
    ['ffffffffc0ffee00c0ff', 1],
    ['fffffffec0ffee00c0ff', 0.9999999997671694],
    ['80000000c0ffee00c0ff', 0.5000000001164153],
    ['33333333c0ffee00c0ff', 0.2],
    ['0A1B2C3Dc0ffee00c0ff', 0.03947712412091836],
    ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', 0.24665861582538545],
  ])('puts %s at %d', (id, value) => {
    expect(normalise(id)).toBe(value);
  });

  it('counts fewer digits as the number they spell, and stops where the hex digits stop', () => {
    expect(normalise('abc')).toBe(6.398186089098031e-7);
    expect(normalise('12zz5678')).toBe(0x12 / 0xffffffff);
  });

  it('is NaN where nothing is spelled', () => {
    expect(normalise('')).toBeNaN();
    expect(normalise('xyz12345')).toBeNaN();
  });

  it('is between 0 and 1 for every identifier, and keeps their order', () => {
    const id = fc.integer({ min: 0, max: 0xffffffff }).map(n => n.toString(16).padStart(8, '0'));
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(normalise(a)).toBeGreaterThanOrEqual(0);
        expect(normalise(a)).toBeLessThanOrEqual(1);
        expect(normalise(a) < normalise(b)).toBe(a < b);
      }),
    );
  });
});

describe('isIdentifier', () => {
  it.each([
    ['80000000c0ffee00c0ff', true],
    ['80000000C0FFEE00C0FF', false],
    ['80000000c0ffee00c0f', false],
    ['80000000c0ffee00c0ff0', false],
    ['80000000c0ffee00c0fg', false],
    ['', false],
  ])('%j: %s', (id, is) => {
    expect(isIdentifier(id)).toBe(is);
  });
});
