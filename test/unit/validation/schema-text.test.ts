import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseSchema } from '../../../src/validation/schema-text.ts';

describe('the text of a schema', () => {
  it('is JSON or YAML', () => {
    const schema = {
      title: 'a/b',
      $id: '/a/b/1.0.0',
      required: ['$schema', 'meta'],
      properties: { dt: { maxLength: 128 } },
    };
    expect(parseSchema(JSON.stringify(schema))).toEqual(schema);
    expect(parseSchema(stringify(schema))).toEqual(schema);
    expect(
      parseSchema('### a comment\ntitle: a/b\n$id: /a/b/1.0.0\nexamples:\n  - { dt: 2020-04-02T19:11:20.942Z }\n'),
    ).toEqual({
      title: 'a/b',
      $id: '/a/b/1.0.0',
      examples: [{ dt: '2020-04-02T19:11:20.942Z' }],
    });
  });

  it('gives back what was written, either way', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(objects, object => {
        const expected = JSON.parse(JSON.stringify(object));
        expect(parseSchema(JSON.stringify(object))).toEqual(expected);
        expect(parseSchema(stringify(expected))).toEqual(expected);
      }),
    );
  });

  it.each<[string, string | RegExp]>([
    ['', 'not an object'],
    ['null', 'not an object'],
    ['[1]', 'not an object'],
    ['- 1', 'not an object'],
    ['just text', 'not an object'],
    ['<!doctype html><title>404</title>', 'not an object'],
    ['a: 1\na: 2', 'twice'],
    ['a: [1', /^[^\n]+$/],
    ['a: *b', /^[^\n]+$/],
    ['a: &a { b: *a }', 'circular'],
    [`{"a":`.repeat(100_000), /^[^\n]+$/],
  ])('%# is none', (text, why) => {
    expect(() => parseSchema(text)).toThrow(why);
  });

  it('does not unfold a bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    expect(() => parseSchema(lines.join('\n'))).toThrow(/alias/i);
  });

  it('reads many keys in linear time', () => {
    const text = Array.from({ length: 40_000 }, (_, i) => `key${i}: 1`).join('\n');
    expect(Object.keys(parseSchema(text))).toHaveLength(40_000);
  });
});
