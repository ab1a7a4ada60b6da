import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { isDraft, materialize } from '../../../src/validation/materialize.ts';

const FRAGMENTS: { [uri: string]: JsonObject } = {
  '/fragment/common/1.0.0': {
    $id: '/fragment/common/1.0.0',
    title: 'fragment/common',
    description: 'of the fragment',
    type: 'object',
    required: ['meta', '$schema'],
    properties: {
      $schema: { type: 'string', description: 'URI' },
      meta: {
        type: 'object',
        required: ['stream'],
        properties: { stream: { type: 'string', minLength: 1 }, dt: { type: 'string', format: 'date-time' } },
      },
    },
    examples: [{ a: 1 }],
  },
  '/fragment/more/1.0.0': {
    allOf: [{ $ref: '/fragment/common/1.0.0#' }],
    properties: { count: { type: 'integer', maximum: 10 }, tags: { type: 'array', items: { type: 'number' } } },
  },
  '/loop/1.0.0': { allOf: [{ $ref: '/loop/1.0.0' }] },
};

const load = async (uri: string) => {
  const schema = FRAGMENTS[uri];
  if (!schema) throw new Error(`no ${uri}`);
  return schema;
};

const DRAFT: JsonObject = {
  title: 'my/click',
  description: 'mine',
  $id: '/my/click/1.1.0',
  $schema: 'https://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  allOf: [
    { $ref: '/fragment/more/1.0.0#' },
    {
      properties: {
        action: { type: 'string', enum: ['a', 'b'], maxLength: 9 },
        meta: { properties: { stream: { minLength: 3, maxLength: 20 } }, required: ['dt'] },
        count: { minimum: 1 },
      },
    },
  ],
};

describe('materialize', () => {
  it('replaces references, merges allOf and bounds numbers', async () => {
    expect(await materialize(DRAFT, load)).toEqual({
      title: 'my/click',
      description: 'mine',
      $id: '/my/click/1.1.0',
      $schema: 'https://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      required: ['$schema', 'action', 'meta'],
      properties: {
        $schema: { type: 'string', description: 'URI' },
        meta: {
          type: 'object',
          required: ['dt', 'stream'],
          properties: {
            stream: { type: 'string', minLength: 3, maxLength: 20 },
            dt: { type: 'string', format: 'date-time' },
          },
        },
        count: { type: 'integer', minimum: 1, maximum: 10 },
        tags: {
          type: 'array',
          items: { type: 'number', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        },
        action: { type: 'string', enum: ['a', 'b'], maxLength: 9 },
      },
    });
  });

  it('keeps the draft’s own examples, and takes none of a fragment', async () => {
    expect(await materialize({ ...DRAFT, examples: [{ b: 2 }] }, load)).toMatchObject({ examples: [{ b: 2 }] });
    expect(await materialize(DRAFT, load)).not.toHaveProperty('examples');
  });

  it('finds what a reference names within a schema', async () => {
    const part = { properties: { stream: { $ref: '/fragment/common/1.0.0#/properties/meta/properties/stream' } } };
    expect(await materialize(part, load)).toEqual({ properties: { stream: { type: 'string', minLength: 1 } } });
    const own = { definitions: { a: { type: 'boolean' } }, properties: { b: { $ref: '#/definitions/a' } } };
    expect(await materialize(own, load)).toMatchObject({ properties: { b: { type: 'boolean' } } });
  });

  it('keeps what has no merged form, which means the same', async () => {
    expect(await materialize({ allOf: [{ pattern: 'a' }, { pattern: 'b' }] }, load)).toEqual({
      allOf: [{ pattern: 'a' }, { pattern: 'b' }],
    });
  });

  it.each<[string, JsonObject, RegExp]>([
    ['a reference to nothing', { $ref: '/gone/1.0.0' }, /no \/gone/],
    ['a part that is not there', { $ref: '/fragment/common/1.0.0#/nothing' }, /nothing at #\/nothing/],
    ['a cycle', { $ref: '/loop/1.0.0' }, /leads back to itself/],
    ['a cycle within', { properties: { a: { $ref: '#' } } }, /leads back to itself/],
    ['types that differ', { allOf: [{ type: 'string' }, { type: 'object' }] }, /type at \/ differs/],
    ['enums that differ', { allOf: [{ enum: [1] }, { enum: [2] }] }, /enum/],
    ['formats that differ', { allOf: [{ format: 'date' }, { format: 'time' }] }, /format/],
    [
      'a bomb of references',
      {
        definitions: Object.fromEntries(
          Array.from({ length: 40 }, (_, i) => [
            `n${i}`,
            i === 0 ? {} : { allOf: [{ $ref: `#/definitions/n${i - 1}` }, { $ref: `#/definitions/n${i - 1}` }] },
          ]),
        ),
        $ref: '#/definitions/n39',
      },
      /more than 500/,
    ],
    ['a depth', JSON.parse(`${'{"not":'.repeat(3_000)}{}${'}'.repeat(3_000)}`) as JsonObject, /deep/],
  ])('says what is wrong with %s', async (_, schema, message) => {
    await expect(materialize(schema, load)).rejects.toThrow(message);
  });

  it('takes a property named __proto__ for a name', async () => {
    const schema = JSON.parse('{"allOf":[{"properties":{"__proto__":{"type":"string"}}}]}') as JsonObject;
    const { properties } = await materialize(schema, load);
    expect(JSON.stringify(properties)).toBe('{"__proto__":{"type":"string"}}');
  });

  it('knows a draft', () => {
    expect(isDraft(DRAFT)).toBe(true);
    expect(isDraft({ properties: { a: { $ref: '#/x' } } })).toBe(true);
    expect(isDraft({ properties: { allof: {} } })).toBe(false);
  });
});

/** An installation of @wikimedia/jsonschema-tools, whose dependencies are too many and too old to be ours. */
const tools = process.env['JSONSCHEMA_TOOLS'] ?? '';
if (!existsSync(tools)) console.log('Skipped: set JSONSCHEMA_TOOLS to a folder with @wikimedia/jsonschema-tools.');

describe.skipIf(!existsSync(tools))('@wikimedia/jsonschema-tools', () => {
  it('materializes the same', async () => {
    const { mkdtempSync, mkdirSync, writeFileSync } = await import('node:fs');
    const folder = mkdtempSync(join(tmpdir(), 'jsonschema-'));
    for (const [uri, schema] of Object.entries(FRAGMENTS)) {
      mkdirSync(`${folder}${uri}`.replace(/\/[^/]*$/, ''), { recursive: true });
      writeFileSync(folder + uri, JSON.stringify(schema));
    }
    const { materializeSchema } = createRequire(`${tools}/x.js`)('@wikimedia/jsonschema-tools') as {
      materializeSchema(schema: object, options: object): Promise<unknown>;
    };
    const options = { schemaBaseUris: [folder], currentName: 'current.yaml', shouldGenerateExample: false };
    for (const schema of [DRAFT, { ...DRAFT, examples: [{ b: 2 }] }]) {
      expect(await materialize(schema, load)).toEqual(await materializeSchema(structuredClone(schema), options));
    }
  });
});
