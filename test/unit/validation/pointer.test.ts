import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/record/record.ts';
import { below, locate, stepsOf, valueAt } from '../../../src/validation/pointer.ts';

const EVENT = { $schema: '/a/1.0.0', meta: { stream: 's', 'a/b~c': [1, { x: 'é"}],' }] }, n: -1.5e3, e: {}, l: [] };

/** Every pointer of a value, itself first. */
function pointers(value: Json, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([key, inner]) => pointers(inner, below(pointer, key)))];
}

const found = (text: string, pointer: string) => {
  const range = locate(text, pointer);
  return range?.exact ? (JSON.parse(text.slice(range.from, range.to)) as unknown) : undefined;
};

describe('locate', () => {
  it.each([undefined, 2])('finds each value of an event, written with indentation %s', indentation => {
    const text = JSON.stringify(EVENT, null, indentation);
    for (const pointer of pointers(EVENT)) expect(found(text, pointer)).toEqual(valueAt(EVENT, pointer));
  });

  it('finds each value of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indentation) => {
        const text = JSON.stringify(value, null, indentation);
        const parsed = JSON.parse(text) as Json;
        for (const pointer of pointers(parsed)) expect(found(text, pointer)).toEqual(valueAt(parsed, pointer));
      }),
    );
  });

  it('says the lines', () => {
    expect(locate(JSON.stringify({ a: 1, b: { c: [1, 2] } }, null, 2), '/b')).toEqual({
      from: 19,
      to: 58,
      line: 3,
      column: 8,
      endLine: 8,
      exact: true,
    });
  });

  it('falls back to what is around', () => {
    const text = '{ "a": { "b": 1 } }';
    expect(locate(text, '/a/c/d')).toMatchObject({ from: 7, to: 17, exact: false });
    expect(locate(text, '/z')).toMatchObject({ from: 0, to: 19, exact: false });
    expect(locate('[1]', '/01')).toMatchObject({ from: 0, exact: false });
    expect(locate('{"a":1}', '/toString')).toMatchObject({ exact: false });
  });

  it('takes the last of a name that is there twice, as the intake does', () => {
    expect(found('{"a":1,"a":2}', '/a')).toBe(2);
    expect(found('{"\\u0061":3}', '/a')).toBe(3);
  });

  it('answers null for what is no JSON and no pointer', () => {
    expect(locate('{"a":', '/a')).toBeNull();
    expect(locate('{}', 'a')).toBeNull();
    expect(stepsOf('a')).toBeNull();
  });

  it('is quick in a large and in a deep event', () => {
    const large = JSON.stringify({ list: Array.from({ length: 100_000 }, () => ({ a: 'x' })), last: 1 });
    const deep = `${'['.repeat(5_000)}1${']'.repeat(5_000)}`;
    const began = performance.now();
    expect(locate(large, '/last')).toMatchObject({ exact: true });
    expect(locate(deep, '/0'.repeat(4_000))).toMatchObject({ exact: true });
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('valueAt', () => {
  it('reads own properties only', () => {
    expect(valueAt({ a: [1] }, '/a/length')).toBeUndefined();
    expect(valueAt({}, '/constructor')).toBeUndefined();
    expect(valueAt({ a: null }, '/a/b')).toBeUndefined();
  });
});
