import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { line, snapshot } from '../../../src/capture/text.ts';

/** The text of a snapshot, as a fact has it; undefined where there is none. */
function textOf(value: unknown): string | undefined {
  const copied = snapshot(value);
  return copied && line({ value: copied }).slice('{"value":'.length, -1);
}
const seen = (value: unknown): unknown => JSON.parse(textOf(value) ?? 'null');

describe('a snapshot', () => {
  it('is what JSON.stringify makes of plain values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), value => {
        expect(textOf(value)).toBe(JSON.stringify(value));
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
    expect(textOf(value)).toBe(JSON.stringify(value));
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
    const twice = { a: shared, b: shared };
    expect([textOf(twice), snapshot(twice)?.truncated]).toEqual(['{"a":{"x":1},"b":{"x":1}}', false]);
    const cyclic: { [key: string]: unknown } = { x: 1 };
    cyclic['self'] = cyclic;
    expect([textOf(cyclic), snapshot(cyclic)?.truncated]).toEqual(['{"x":1,"self":null}', true]);
  });

  it('ends, within its size, whatever it is given', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 50_000; i += 1) deep = [deep];
    const many = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, i]));
    for (const value of ['x'.repeat(5_000_000), many, deep, { big: 10n }, Array(100_000).fill({ a: 1 })]) {
      expect(snapshot(value)?.truncated).toBe(true);
      expect(textOf(value)?.length).toBeLessThan(500_000);
      expect(() => JSON.parse(textOf(value) ?? '')).not.toThrow();
    }
  });

  it('stays out of a line that escapes would make too long', () => {
    const value = snapshot(Array(20).fill('\u0001'.repeat(14_000)));
    expect(value?.truncated).toBe(false);
    expect(line({ kind: 'call', event: value })).toBe('{"kind":"call","event":null,"truncated":true}');
  });

  it('asks for nothing that the page has put on the platform’s prototypes', () => {
    const touched: string[] = [];
    const traps = [Object.prototype, Array.prototype, Function.prototype].flatMap(holder =>
      ['toJSON', 'get', 'set', 'value', 'enumerable', 'writable', '0', 'a'].map(name => ({ holder, name })),
    );
    const trap = (name: string): PropertyDescriptor => ({
      configurable: true,
      get: () => touched.push(name),
      set: () => touched.push(name),
    });
    const value = { a: [{ a: 1 }, () => 1, 'x'], when: new Date(0) };
    let text: string | undefined;
    const descriptors = traps.map(({ name }) => Object.assign(Object.create(null) as object, trap(name)));
    try {
      for (let i = 0; i < traps.length; i += 1)
        Object.defineProperty(traps[i]?.holder, traps[i]?.name ?? '', descriptors[i] ?? {});
      text = textOf(value);
    } finally {
      for (const { holder, name } of traps) Reflect.deleteProperty(holder, name);
    }
    expect(touched).toEqual([]);
    expect(text).toBe('{"a":[{"a":1},null,"x"],"when":"1970-01-01T00:00:00.000Z"}');
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

it('a line has snapshots as values, and leaves out what is undefined', () => {
  expect(line({ kind: 'call', event: snapshot({ a: 1 }), gone: undefined })).toBe('{"kind":"call","event":{"a":1}}');
});

describe('a snapshot of hostile values', () => {
  it('keeps all but the part that cannot be read', () => {
    const throws = new Proxy({}, { ownKeys: () => expect.fail('looked') });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const value = { before: 1, throws, list: [proxy, 2], after: 3 };
    expect(seen(value)).toEqual({ before: 1, throws: null, list: [null, 2], after: 3 });
    expect(snapshot(value)?.truncated).toBe(true);
  });

  it('says that an object writes itself', () => {
    expect(snapshot({ toJSON: () => 1 })?.truncated).toBe(true);
    expect(snapshot({ toJSON: 1 })?.truncated).toBe(false);
  });

  it('ends of a list of nothing but holes', () => {
    expect(snapshot(new Array(4_294_967_295))?.truncated).toBe(true);
  });
});

it('leaves nothing of a fact out, however long what the page calls things', () => {
  const name = 'x'.repeat(1_000_000);
  const fact = { kind: 'call', stream: name, schema: name, action: name, api: name, seen: 'dropped', seq: 7 };
  const written = JSON.parse(line(fact)) as typeof fact & { truncated: boolean };
  expect([written.seen, written.seq, written.truncated]).toEqual(['dropped', 7, true]);
  expect(written.stream).toHaveLength(100_000);
});
