import { describe, expect, it } from 'vitest';
import { type Node, nodesOf, PAGE, parentOf } from '../../../src/panel/shared/json-nodes.ts';
import type { Json } from '../../../src/record/record.ts';

const paths = (value: Json, toggled: string[] = [], shown: [string, number][] = []) =>
  nodesOf(value, { toggled: new Set(toggled), shown: new Map(shown) }).map(({ path }: Node) => path);

describe('the lines of a JSON tree', () => {
  it('names each member by its JSON Pointer', () => {
    expect(paths({ a: [1, { 'b/c': 2 }], 'd~': 3 })).toEqual(['', '/a', '/a/0', '/a/1', '/a/1/b~1c', '/d~0']);
  });

  it('hides what is closed', () => {
    expect(paths({ a: [1], b: 2 }, ['/a'])).toEqual(['', '/a', '/b']);
    expect(paths({ a: 1 }, [''])).toEqual(['']);
  });

  it('closes deep and large branches at first', () => {
    expect(paths([[[[[[1]]]]]])).toEqual(['', '/0', '/0/0', '/0/0/0', '/0/0/0/0']);
    const large = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`k${i}`, i]));
    expect(paths({ large })).toEqual(['', '/large']);
    expect(paths({ large }, ['/large'])).toHaveLength(43);
  });

  it('shows ten thousand members by the hundred', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, i]));
    const nodes = nodesOf(many, { toggled: new Set(), shown: new Map() });
    expect(nodes).toHaveLength(PAGE + 2);
    expect(nodes.at(-1)).toMatchObject({ kind: 'more', hidden: 9_900 });
    expect(paths(many, [], [['', 10_000]])).toHaveLength(10_001);
  });

  it('tells members apart that hostile names make alike', () => {
    const all = paths(JSON.parse('{"": 1, "~more": 2, "a/b": {"c": 3}, "a": {"b": {"c": 4}}, "__proto__": {"x": 5}}'));
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain('/__proto__/x');
  });

  it('takes a value that is no branch', () => {
    expect(paths('text')).toEqual(['']);
    expect(paths([])).toEqual(['']);
  });
});

it('finds the branch of a line', () => {
  expect(['', '/a', '/a/0', '/a/~more'].map(parentOf)).toEqual([null, '', '/a', '/a']);
});
