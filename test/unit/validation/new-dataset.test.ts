import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { createFilesRepository, filesOf } from '../../../src/validation/files-repository.ts';
import { draftDataset } from '../../../src/validation/new-dataset.ts';
import { parseSchema } from '../../../src/validation/schema-text.ts';
import type { Engine } from '../../../src/validation/types.ts';
import { createValidator } from '../../../src/validation/validator.ts';
import { startEngine } from './engine.ts';

const TEXT = { type: 'string', minLength: 1, maxLength: 255 };
const COMMON: JsonObject = {
  $id: '/fragment/common/2.0.0',
  title: 'fragment/common',
  type: 'object',
  required: ['$schema', 'meta'],
  properties: {
    $schema: TEXT,
    dt: { type: 'string', format: 'date-time', maxLength: 128 },
    meta: {
      type: 'object',
      required: ['stream', 'dt'],
      properties: { stream: TEXT, dt: { type: 'string', format: 'date-time', maxLength: 128 }, id: TEXT, domain: TEXT },
    },
  },
};
const AGENT: JsonObject = {
  $id: '/fragment/agent/1.0.0',
  title: 'fragment/agent',
  type: 'object',
  required: ['agent'],
  properties: {
    action: TEXT,
    agent: {
      type: 'object',
      additionalProperties: false,
      properties: { client_platform: TEXT, client_platform_family: TEXT },
    },
    performer: { type: 'object', properties: { session_id: TEXT } },
  },
};
const OTHER: JsonObject = {
  ...AGENT,
  $id: '/fragment/other/1.0.0',
  required: ['nothing'],
  properties: { other: TEXT },
};

const seen = (more: JsonObject): JsonObject => ({
  $schema: '/old/1.0.0',
  meta: { stream: 'old', domain: 'en.wikipedia.org', dt: '2026-11-23T21:17:33.154Z', id: 'x' },
  dt: '2026-11-23T21:17:33.154Z',
  action: 'open',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
  performer: { session_id: '80000000c0ffee00c0ff', edit_count: 5 },
  depth: 3,
  ...more,
});
const EVENTS = [
  seen({}),
  seen({ action: 'close', ratio: 0.5, tags: ['a', 'bb'] }),
  seen({ action: 'open', note: 'x' }),
  seen({ action: 'close', note: 'y' }),
];
const GIVEN = {
  title: 'analytics/my/feature',
  stream: 'my.feature',
  events: EVENTS,
  fragments: [COMMON, AGENT, OTHER],
};

describe('the draft of a new dataset', () => {
  it('refers to fragments and says what they do not', () => {
    const { schema, problems } = draftDataset(GIVEN);
    expect(problems).toEqual([]);
    expect(parseSchema(schema)).toEqual({
      title: 'analytics/my/feature',
      description: expect.any(String),
      $id: '/analytics/my/feature/1.0.0',
      $schema: 'https://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      required: ['$schema', 'action', 'agent', 'depth', 'dt', 'meta', 'performer'],
      allOf: [
        { $ref: '/fragment/common/2.0.0#' },
        { $ref: '/fragment/agent/1.0.0#' },
        {
          properties: {
            action: { enum: ['close', 'open'] },
            agent: { required: ['client_platform', 'client_platform_family'] },
            meta: { required: ['domain'] },
            performer: {
              required: ['edit_count', 'session_id'],
              properties: {
                edit_count: {
                  description: 'Describe edit_count.',
                  type: 'integer',
                  minimum: 0,
                  maximum: Number.MAX_SAFE_INTEGER,
                },
              },
            },
            depth: { description: 'Describe depth.', type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
            ratio: { description: 'Describe ratio.', type: 'number', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
            tags: {
              description: 'Describe tags.',
              type: 'array',
              items: { type: 'string', minLength: 1, maxLength: 255 },
            },
            note: { description: 'Describe note.', type: 'string', minLength: 1, maxLength: 255 },
          },
        },
      ],
      examples: [
        {
          ...seen({}),
          $schema: '/analytics/my/feature/1.0.0',
          meta: { domain: 'en.wikipedia.org', stream: 'my.feature' },
        },
      ],
    });
  });

  it('registers the stream, with the attributes that were seen', () => {
    const { config } = draftDataset(GIVEN);
    expect(config).toContain("'schema_title' => 'analytics/my/feature'");
    expect(config).toContain("'performer_edit_count'");
    expect(config).not.toContain("'agent_client_platform'");
    expect(config).toMatch(/wgEventLoggingStreamNames.*\n'my\.feature',/);
    expect(draftDataset({ ...GIVEN, stream: "a'b" }).config).toContain("'a\\'b' =>");
    expect(config).not.toContain('use_edge_uniques');
    const events = [seen({ experiment: { enrolled: 'e', sampling_unit: 'edge-unique' } })];
    expect(draftDataset({ ...GIVEN, events }).config).toContain("'use_edge_uniques' => true");
  });

  it('says what it cannot decide', () => {
    const { problems } = draftDataset({ ...GIVEN, fragments: [], events: [seen({ a: 1, b: null }), seen({ a: 'x' })] });
    expect(problems).toEqual([
      '/a has values of several types: number, string',
      '/b is null in places: leave the field out instead',
      expect.stringMatching(/\$schema/),
      expect.stringMatching(/meta/),
    ]);
    expect(() => draftDataset({ ...GIVEN, events: [] })).toThrow(RangeError);
    expect(() => draftDataset({ ...GIVEN, title: '../x' })).toThrow(RangeError);
  });
});

describe('the draft, materialized', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  }, 30_000);
  afterAll(() => engine.close());

  const texts = {
    'fragment/common/2.0.0': JSON.stringify(COMMON),
    'fragment/agent/1.0.0': JSON.stringify(AGENT),
    'analytics/my/feature/current.yaml': draftDataset(GIVEN).schema,
  };
  const asNew = (event: JsonObject): JsonObject => ({
    ...event,
    $schema: '/analytics/my/feature/1.0.0',
    meta: { ...(event['meta'] as JsonObject), stream: 'my.feature' },
  });

  it('takes all events that it was made of, and no others', async () => {
    const repository = createFilesRepository('draft', filesOf(texts), { parse: async text => parseSchema(text) });
    const { verdict } = createValidator({ engine, repositories: [repository] });
    for (const event of EVENTS) expect(await verdict(asNew(event), null)).toEqual({ verdict: 'valid', errors: [] });
    for (const more of [
      { extra: 1 },
      { depth: 'x' },
      { action: 'other' },
      { agent: { ua_string: 'x' } },
      { tags: [1] },
    ]) {
      expect(await verdict(asNew(seen(more)), null)).toMatchObject({ verdict: 'invalid' });
    }
  });

  const tools = process.env['JSONSCHEMA_TOOLS'] ?? '';
  it.skipIf(!existsSync(tools))('is what @wikimedia/jsonschema-tools makes of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jsonschema-'));
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(`${folder}/${path}`.replace(/\/[^/]*$/, ''), { recursive: true });
      writeFileSync(`${folder}/${path}`, text);
    }
    const { materializeSchema } = createRequire(`${tools}/x.js`)('@wikimedia/jsonschema-tools') as {
      materializeSchema(schema: object, options: object): Promise<unknown>;
    };
    const theirs = await materializeSchema(parseSchema(texts['analytics/my/feature/current.yaml']), {
      schemaBaseUris: [folder],
      currentName: 'current.yaml',
    });
    const repository = createFilesRepository('draft', filesOf(texts), { parse: async text => parseSchema(text) });
    const ours = await repository.read('/analytics/my/feature/1.0.0');
    expect(ours).toMatchObject({ found: true, schema: theirs });
  });
});
