import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, Raw, snapshot } from '../../../src/capture/text.ts';

const seen = (value: unknown): unknown => JSON.parse(snapshot(value)?.text ?? 'null');

describe('a snapshot', () => {
  it('is what JSON.stringify makes of plain values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        expect(snapshot(value)?.text).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([
    [{ a: undefined, b: () => 1, c: Symbol('c'), d: [undefined, () => 1] }],
    [[NaN, Infinity, -0, 1e300, 5e-324]],
    [{ ['__proto__']: 1, constructor: 2 }],
    [{ at: new Date(0) }],
    ['\ud800 \u2028 " \\ \n'],
    [Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true }, hidden: { value: 3 } })],
    // eslint-disable-next-line no-sparse-arrays -- holes are the point
    [[1, , 3]],
  ])('is the same of %o', value => {
    expect(snapshot(value)?.text).toBe(JSON.stringify(value));
    expect(snapshot(value)?.truncated).toBe(false);
  });

  it('runs no accessor and no toJSON, and says that something is left out', () => {
    const touched: string[] = [];
    const value = {
      plain: 1,
      get trap() {
        touched.push('getter');
        return 1;
      },
      nested: {
        toJSON() {
          touched.push('toJSON');
          return 'x';
        },
        kept: 2,
      },
    };
    expect(seen(value)).toEqual({ plain: 1, nested: { kept: 2 } });
    expect(snapshot(value)?.truncated).toBe(true);
    expect(touched).toEqual([]);
  });

  it('shows an object that is shared twice, and a cycle not at all', () => {
    const shared = { x: 1 };
    expect(snapshot({ a: shared, b: shared })).toEqual(new Raw('{"a":{"x":1},"b":{"x":1}}', false));
    const cyclic: { [key: string]: unknown } = { x: 1 };
    cyclic['self'] = cyclic;
    expect(snapshot(cyclic)).toEqual(new Raw('{"x":1,"self":null}', true));
  });

  it('ends, within its size, whatever it is given', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i += 1) deep = [deep];
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, i]));
    for (const value of ['x'.repeat(5_000_000), many, deep, { big: 10n }, Array(100_000).fill({ a: 1 })]) {
      const text = snapshot(value);
      expect(text?.truncated).toBe(true);
      expect(text?.text.length).toBeLessThan(500_000);
      expect(() => JSON.parse(text?.text ?? '')).not.toThrow();
    }
  });

  it('survives proxies that throw and proxies that are revoked', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no');
        },
      },
    );
    for (const value of [proxy, hostile, { inside: hostile }]) expect(snapshot(value)?.truncated).toBe(true);
  });

  it('of nothing is nothing', () => {
    expect(snapshot(undefined)).toBeUndefined();
    expect(snapshot(() => 1)).toBeUndefined();
  });
});

it('a line keeps raw text as it stands, and leaves out what is undefined', () => {
  expect(line({ kind: 'call', event: new Raw('{"a":1}', false), gone: undefined })).toBe(
    '{"kind":"call","event":{"a":1}}',
  );
});
