import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, isDifference, streamsOf } from '../../../src/panel/catalogue/compare.ts';
import { fieldsOf, matching, MOST_FIELDS } from '../../../src/panel/catalogue/fields.ts';
import type { Json, JsonObject } from '../../../src/record/record.ts';

describe('settings of page and API', () => {
  const api = {
    schema_title: 'my/title',
    sample: { unit: 'session', rate: 0.5 },
    producers: { eventgate: { a: 1 }, metrics_platform_client: { provide_values: ['x'] } },
  };

  it('differ where both are to have them, not where pages get none by design', () => {
    const page = { sample: { unit: 'session', rate: 1 }, producers: {} };
    const settings = compare(page, api);
    expect(settings.filter(isDifference).map(({ path, sides }) => [path, sides])).toEqual([
      ['producers', 'page'],
      ['producers.metrics_platform_client.provide_values', 'api'],
      ['sample.rate', 'different'],
    ]);
    expect(settings.find(({ path }) => path === 'schema_title')?.sides).toBe('api');
    expect(settings.find(({ path }) => path === 'sample.unit')?.sides).toBe('same');
  });

  it('are the same as themselves, whatever they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const config = { sample: value as Json };
        expect(compare(config, structuredClone(config)).filter(isDifference)).toEqual([]);
      }),
    );
  });

  it('of all streams, by name; nothing differs where the API could not be read', () => {
    const page = { b: { sample: { rate: 1 } }, a: {}, constructor: {} };
    expect(streamsOf(page, null).map(({ name, differences }) => [name, differences])).toEqual([
      ['a', 0],
      ['b', 0],
      ['constructor', 0],
    ]);
    const known = streamsOf({ b: { sample: { rate: 1 } } }, { b: { sample: { rate: 0 } }, c: {} });
    expect(
      known.map(({ name, page: ours, api: theirs, differences }) => [name, !!ours, !!theirs, differences]),
    ).toEqual([
      ['b', true, true, 1],
      ['c', false, true, 0],
    ]);
    expect(streamsOf(false, null)).toEqual([]);
  });
});

describe('fields of a schema', () => {
  it('have their path, type, demands and the schema’s words', () => {
    const schema: JsonObject = {
      required: ['meta'],
      properties: {
        meta: {
          type: 'object',
          description: ' About it. ',
          required: ['dt'],
          properties: { dt: { type: 'string', format: 'date-time' } },
        },
        tags: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
        custom: { type: 'object', additionalProperties: { type: ['string', 'null'] } },
      },
    };
    const fields = fieldsOf(schema);
    expect(fields.map(({ path, depth, type, required, rules }) => [path, depth, type, required, rules])).toEqual([
      ['meta', 0, 'object', true, []],
      ['meta.dt', 1, 'string', true, [['format', 'date-time']]],
      ['tags', 0, 'array', false, []],
      ['tags[]', 1, 'string', false, [['enum', ['a', 'b']]]],
      ['custom', 0, 'object', false, []],
      ['custom.*', 1, 'string | null', false, []],
    ]);
    expect(fields[0]?.description).toBe('About it.');
    expect(matching(fields, 'about META').map(({ path }) => path)).toEqual(['meta']);
  });

  it('are bounded, whatever a schema holds', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, { type: 'string' }]));
    expect(fieldsOf({ properties: many }).length).toBe(MOST_FIELDS);
    let deep: JsonObject = { type: 'string' };
    for (let i = 0; i < 500; i++) deep = { properties: { x: deep } };
    expect(fieldsOf(deep).length).toBeLessThan(20);
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), odd => void fieldsOf(odd as JsonObject)));
  });
});
