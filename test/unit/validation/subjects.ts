/** Schemas, streams and events for tests of the validator. */

import type { JsonObject } from '../../../src/record/record.ts';
import type { Repository, SchemaAnswer, StreamConfigs } from '../../../src/validation/types.ts';

const TEXT = { type: 'string', maxLength: 128 };
const TIME = { ...TEXT, format: 'date-time' };
const META = {
  type: 'object',
  properties: { stream: { ...TEXT, minLength: 1 }, dt: TIME, id: TEXT, domain: TEXT },
  required: ['stream', 'dt'],
};
export const schema = (title: string, more: JsonObject = {}, required: string[] = []): JsonObject => ({
  $schema: 'https://json-schema.org/draft-07/schema#',
  $id: `/${title}/1.0.0`,
  title,
  type: 'object',
  properties: { $schema: TEXT, meta: META, dt: TIME, ...more },
  required: ['$schema', 'meta', ...required],
  additionalProperties: false,
});

const SCHEMAS: { [uri: string]: JsonObject } = {
  '/my/click/1.0.0': schema('my/click', { action: TEXT, count: { type: 'integer' } }, ['dt', 'action']),
  '/my/other/1.0.0': schema('my/other'),
  '/analytics/legacy/thing/1.0.0': schema('analytics/legacy/thing', { client_dt: TIME }, ['dt']),
  '/my/insecure/1.0.0': schema('my/insecure', { a: { type: 'string', pattern: 'a' } }),
  '/my/broken/1.0.0': schema('my/broken', { a: { $ref: 'https://evil.example/x' } }),
  '/my/evil/1.0.0': schema('my/evil', { a: { type: 'string', maxLength: 1_000, pattern: '^(a+)+$' } }),
  '/my/large/1.0.0': schema('my/large', { a: { type: 'string' } }),
  '/my/experiment/1.0.0': schema('my/experiment', { experiment: { type: 'object' } }),
};

export const repository: Repository = {
  name: 'here',
  async read(uri): Promise<SchemaAnswer> {
    const failure = (reason: (SchemaAnswer & { found: false })['reason']): SchemaAnswer => ({
      found: false,
      reason,
      message: `${uri}: ${reason}`,
    });
    if (uri.startsWith('/my/offline/')) return failure('unavailable');
    if (uri.startsWith('/my/html/')) return failure('not-yaml');
    if (uri.startsWith('/my/huge/')) return failure('too-large');
    const found = SCHEMAS[uri];
    return found ? { found: true, schema: found, repository: 'here' } : failure('not-found');
  },
};

const external = (schema_title: string, more: JsonObject = {}): JsonObject => ({
  schema_title,
  destination_event_service: 'eventgate-analytics-external',
  ...more,
});
export const STREAMS: StreamConfigs = {
  'my.click': external('my/click'),
  'my.thing': external('analytics/legacy/thing'),
  'my.insecure': external('my/insecure'),
  'my.broken': external('my/broken'),
  'my.evil': external('my/evil'),
  'my.large': external('my/large'),
  'my.offline': external('my/offline'),
  'my.html': external('my/html'),
  'my.huge': external('my/huge'),
  'my.gone': external('my/gone'),
  'my.internal': { schema_title: 'my/click', destination_event_service: 'eventgate-main' },
  'my.untitled': { destination_event_service: 'eventgate-analytics-external' },
  'my.experiment': external('my/experiment', { producers: { eventgate: { use_edge_uniques: true } } }),
  'my.noedge': external('my/experiment'),
};

export const event = (name: string, more: JsonObject = {}, stream = `my.${name}`): JsonObject => ({
  $schema: `/my/${name}/1.0.0`,
  meta: { stream, domain: 'wiki.example' },
  ...more,
});
export const click = (more: JsonObject = {}, stream?: string) =>
  event('click', { dt: '2026-11-23T21:17:33.154Z', action: 'click', ...more }, stream);
