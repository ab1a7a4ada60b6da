import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import secure from 'ajv/lib/refs/json-schema-secure.json' with { type: 'json' };
import { parse } from 'yaml';
import { STREAMS } from '../../wiki/config.ts';
import { startWiki, type Wiki } from '../../wiki/index.ts';
import { findSchema, REPOSITORIES, SCHEMAS } from '../../wiki/schemas.ts';

let wiki: Wiki;
beforeAll(async () => {
  wiki = await startWiki();
});
afterAll(() => wiki.close());

const get = (path: string) => fetch(new URL(path, wiki.url));

describe('the schema repositories', () => {
  const base = '/schemas/secondary/jsonschema/analytics/product_metrics/web/base';

  it('serve a version as YAML without and with the ending, and as JSON', async () => {
    const schema = findSchema('secondary', '/analytics/product_metrics/web/base/1.3.0');
    expect(parse(await (await get(`${base}/1.3.0`)).text())).toEqual(schema);
    expect(parse(await (await get(`${base}/1.3.0.yaml`)).text())).toEqual(schema);
    expect(await (await get(`${base}/1.3.0.json`)).json()).toEqual(schema);
  });

  it('serve the latest version', async () => {
    expect(parse(await (await get(`${base}/latest`)).text()).$id).toBe('/analytics/product_metrics/web/base/2.1.0');
  });

  it('have nothing of the other repository, and 404 for what does not exist', async () => {
    expect((await get('/schemas/primary/jsonschema/analytics/product_metrics/web/base/1.3.0')).status).toBe(404);
    expect((await get('/schemas/primary/jsonschema/test/event/1.0.0')).status).toBe(200);
    expect((await get('/schemas/primary/jsonschema/test/event/9.0.0')).status).toBe(404);
    expect((await get('/schemas/tertiary/jsonschema/test/event/1.0.0')).status).toBe(404);
  });

  it.each(REPOSITORIES.flatMap(one => SCHEMAS[one]).map(schema => [schema['$id'], schema] as const))(
    '%s accepts its own examples, and is secure',
    (_id, schema) => {
      expect(new Ajv({ schemaId: 'auto' }).validate(secure, schema)).toBe(true);
      const validate = new Ajv({ schemaId: 'auto', allErrors: true }).compile(schema);
      for (const example of schema['examples'] as object[]) {
        validate(example);
        expect(validate.errors).toBeNull();
      }
    },
  );
});

describe('action=streamconfigs', () => {
  const ask = async (query: string) => {
    const response = await get(`/w/api.php?action=streamconfigs&format=json&formatversion=2${query}`);
    return ((await response.json()) as { streams: { [name: string]: { [key: string]: unknown } } }).streams;
  };

  it('has every stream with all its settings', async () => {
    const streams = await ask('');
    expect(Object.keys(streams)).toEqual(Object.keys(STREAMS));
    expect(streams['wiki.half']).toMatchObject({
      stream: 'wiki.half',
      schema_title: 'analytics/product_metrics/web/base',
      destination_event_service: 'eventgate-analytics-external',
      topics: ['embedded.wiki.half'],
      sample: { unit: 'session', rate: 0.5 },
    });
  });

  it('leaves unknown streams out without a word', async () => {
    expect(Object.keys(await ask('&streams=wiki.off|nobody|test.event'))).toEqual(['wiki.off', 'test.event']);
  });

  it('filters by constraints', async () => {
    expect(Object.keys(await ask('&constraints=schema_title=test/event'))).toEqual(['test.event']);
    expect(
      Object.keys(await ask('&constraints=sample[unit]=device|schema_title=analytics/product_metrics/web/base')),
    ).toEqual(['wiki.app_only']);
    expect(await ask('&constraints=destination_event_service=main')).toEqual({});
    expect(Object.keys(await ask('&constraints=canary_events_enabled=1'))).toHaveLength(Object.keys(STREAMS).length);
  });
});
