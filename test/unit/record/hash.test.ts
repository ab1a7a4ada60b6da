import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash } from '../../../src/record/hash.ts';

describe('hash', () => {
  it.each(['', '{}', '{"a":"\u00e4\u{1F600}"}'])('of %j is a short word, always the same', text => {
    expect(hash(text)).toBe(hash(text));
    expect(hash(text)).toMatch(/^[0-9a-z]{1,11}$/);
  });

  it('tells texts apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(hash(a) === hash(b)).toBe(a === b);
      }),
    );
    const all = new Set(Array.from({ length: 100_000 }, (_, i) => hash(`{"n":${i}}`)));
    expect(all.size).toBe(100_000);
  });
});
