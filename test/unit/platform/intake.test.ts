import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fillDefaults,
  refuseHoisting,
  refuseTitle,
  schemaOf,
  streamOf,
  titleOf,
} from '../../../src/platform/intake.ts';

const NOW = { now: '2026-11-23T21:17:33.154Z', uuid: '00000000-0000-4000-8000-000000000000' };
const object = (...names: string[]) => ({
  properties: Object.fromEntries(names.map(name => [name, { type: 'string' }])),
});
const META = object('dt', 'id', 'request_id', 'stream');
const HTTP = { properties: { client_ip: {}, request_headers: { type: 'object' } } };

describe('what the intake fills in', () => {
  it('is meta.dt, meta.id and meta.request_id, where the schema has them and the event has not', () => {
    expect(fillDefaults({ meta: { stream: 's' } }, { properties: { meta: META } }, null, NOW)).toEqual({
      meta: { stream: 's', dt: NOW.now, id: NOW.uuid, request_id: NOW.uuid },
    });
    expect(fillDefaults({ meta: { dt: 'x' } }, { properties: { meta: object('dt') } }, null, NOW)).toEqual({
      meta: { dt: 'x' },
    });
    expect(fillDefaults({ meta: {} }, { properties: { meta: {} } }, null, NOW)).toEqual({ meta: {} });
    expect(fillDefaults({ meta: 'x' }, { properties: { meta: META } }, null, NOW)).toEqual({ meta: 'x' });
  });

  it('is dt for legacy schemas only', () => {
    const schema = { properties: { dt: {} } };
    expect(fillDefaults({}, { ...schema, title: 'analytics/legacy/test' }, null, NOW)).toEqual({ dt: NOW.now });
    expect(fillDefaults({ dt: 'x' }, { ...schema, title: 'analytics/legacy/test' }, null, NOW)).toEqual({ dt: 'x' });
    expect(fillDefaults({}, { ...schema, title: 'analytics/test' }, null, NOW)).toEqual({});
    expect(fillDefaults({}, { title: 'analytics/legacy/test' }, null, NOW)).toEqual({});
  });

  it('is what the stream config takes from headers, and the address, where the schema has http', () => {
    const config = {
      producers: {
        eventgate: {
          enrich_fields_from_http_headers: {
            'meta.request_id': 'x-request-id',
            'http.request_headers.user-agent': 'user-agent',
            'http.request_headers.x-ja4h': false,
          },
        },
      },
    };
    expect(fillDefaults({}, { properties: { http: HTTP } }, config, NOW)).toEqual({
      http: { client_ip: expect.any(String), request_headers: { 'user-agent': expect.any(String) } },
    });
    expect(fillDefaults({ http: { client_ip: 'mine' } }, { properties: { http: HTTP } }, config, NOW)).toMatchObject({
      http: { client_ip: 'mine' },
    });
    expect(fillDefaults({}, { properties: {} }, config, NOW)).toEqual({});
  });

  it('never changes the event given, nor what is already there', () => {
    const json = fc.dictionary(fc.constantFrom('meta', 'dt', 'http', '__proto__', 'a'), fc.jsonValue());
    const schema = { title: 'analytics/legacy/x', properties: { meta: META, dt: {}, http: HTTP } };
    fc.assert(
      fc.property(json, given => {
        const event = JSON.parse(JSON.stringify(given));
        const before = structuredClone(event);
        const filled = fillDefaults(event, schema, null, NOW);
        expect(event).toEqual(before);
        for (const key of Object.keys(event)) {
          if (typeof event[key] === 'object' && event[key] !== null) expect(filled[key]).toMatchObject(event[key]);
          else expect(filled[key]).toEqual(event[key]);
        }
      }),
    );
  });
});

describe('what the intake asks of schema and stream', () => {
  it('reads the schema', () => {
    expect(schemaOf({ $schema: '/a/1.0.0' })).toEqual({ uri: '/a/1.0.0' });
    for (const event of [{}, { $schema: '' }, { $schema: null }, { $schema: 1 }, [], 'x', null, 1]) {
      expect(schemaOf(event)).toMatchObject({ verdict: 'no-schema' });
    }
    expect(titleOf('/analytics/product_metrics/web/base/1.3.0')).toBe('analytics/product_metrics/web/base');
  });

  it('knows streams by their exact name and service', () => {
    const streams = { a: { schema_title: 'x' }, b: { destination_event_service: 'eventgate-main' }, c: null };
    const of = (stream: unknown, services: string[] | null = ['mine']) =>
      streamOf(JSON.parse(JSON.stringify({ meta: { stream } })), streams, services);
    expect(of('a')).toEqual({ stream: 'a', config: { schema_title: 'x' } });
    expect(of('b')).toMatchObject({ verdict: 'unknown-stream' });
    expect(of('b', null)).toMatchObject({ stream: 'b' });
    expect(of('b', ['eventgate-main'])).toMatchObject({ stream: 'b' });
    for (const stream of ['c', 'd', 'toString', '__proto__', '', null, 1, ['a'], {}]) {
      expect(of(stream)).toMatchObject({ verdict: 'unknown-stream' });
    }
  });

  it('wants the very title', () => {
    const config = { schema_title: 'analytics/x' };
    expect(refuseTitle('s', config, 'analytics/x')).toBeNull();
    for (const title of ['/analytics/x', 'analytics/X', 'analytics/x/y', undefined, null, 1]) {
      expect(refuseTitle('s', config, title)).toMatchObject({ verdict: 'unauthorized-stream' });
    }
    expect(refuseTitle('s', {}, 'x')).toMatchObject({ verdict: 'unauthorized-stream' });
  });

  it('leaves events without edge-uniques alone', () => {
    for (const event of [{}, { experiment: 1 }, { experiment: { sampling_unit: 'mw-user', subject_id: 'abc' } }]) {
      expect(refuseHoisting(event, 's', {})).toBeNull();
    }
  });
});
