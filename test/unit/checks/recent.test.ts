import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecent } from '../../../src/checks/recent.ts';

it('remembers at least the newest keys, each with its newest value, and at most twice as many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.integer({ min: 0, max: 20 })), (most, keys) => {
      const recent = createRecent<number>(most);
      const newest = new Map<number, number>();
      keys.forEach((key, at) => {
        recent.set(String(key), at);
        newest.delete(key);
        newest.set(key, at);
      });
      const known = [...newest].reverse();
      for (const [key, at] of known.slice(0, most)) expect(recent.get(String(key))).toBe(at);
      expect(known.filter(([key]) => recent.get(String(key)) !== undefined).length).toBeLessThanOrEqual(2 * most);
      for (const [key, at] of known) expect([at, undefined]).toContain(recent.get(String(key)));
    }),
  );
});
