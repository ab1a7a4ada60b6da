import { describe, expect, it } from 'vitest';
import { asReceived, settersOf } from '../../../src/platform/provenance.ts';

const TIME = '2026-11-23T21:17:33.154Z';
const META = { stream: 'my.stream', domain: 'wiki.example' };
const given = { time: TIME, passed: undefined, ofObject: false };
const by = (event: Parameters<typeof settersOf>[0], origin: Partial<Parameters<typeof settersOf>[1]>) =>
  Object.fromEntries(settersOf(event, { ...given, api: 'submit', ...origin }));

describe('who set what', () => {
  it('of submit: the client adds where it goes and when', () => {
    expect(by({ $schema: '/a/1.0.0', performer: { id: 1 }, meta: META, dt: '2026-11-23T21:17:33.160Z' }, {})).toEqual({
      '/$schema': 'caller',
      '/performer/id': 'caller',
      '/meta/stream': 'client',
      '/meta/domain': 'client',
      '/dt': 'client',
    });
  });

  it('takes a dt that is not of the call for the caller’s', () => {
    expect(by({ dt: '2020-01-01T00:00:00.000Z' }, {})).toEqual({ '/dt': 'caller' });
  });

  it('of submitInteraction: what the caller passed is the caller’s, even where the client knows the name', () => {
    const event = {
      action: 'click',
      $schema: '/a/1.0.0',
      agent: { client_platform: 'mine' },
      page: { id: 3 },
      meta: META,
    };
    const setters = by(event, { api: 'submitInteraction', passed: { agent: { client_platform: 'mine' } } });
    expect(setters).toMatchObject({
      '/action': 'caller',
      '/$schema': 'caller',
      '/agent/client_platform': 'caller',
      '/page/id': 'client',
    });
  });

  it('where nobody knows what was passed: by the client’s published rules', () => {
    const event = { agent: { client_platform: 'x' }, element_id: 'save', sample: { rate: 1 }, $schema: '/a/1.0.0' };
    expect(by(event, { api: 'send', ofObject: true })).toEqual({
      '/agent/client_platform': 'client',
      '/element_id': 'caller',
      '/sample/rate': 'client',
      '/$schema': 'client',
    });
  });

  it('of the events of old: what is within the capsule is the caller’s', () => {
    expect(by({ event: { a: 1 }, schema: 'Test', wiki: 'w' }, { api: 'logEvent' })).toEqual({
      '/event/a': 'caller',
      '/schema': 'client',
      '/wiki': 'client',
    });
  });

  it('says nothing of what was only seen on the wire, and reads no prototype', () => {
    expect(by({ a: 1 }, { api: '' })).toEqual({});
    const passed = JSON.parse('{"__proto__":{"a":1}}') as { [key: string]: number };
    expect(by({ a: 1 }, { api: 'submitInteraction', passed })).toEqual({ '/a': 'client' });
  });
});

describe('what the intake adds', () => {
  const schema = {
    properties: { meta: { properties: { dt: {}, id: {}, stream: {} } }, http: { properties: { client_ip: {} } } },
  };

  it('is told by its place, not by a value that nobody knows', () => {
    const { event, added } = asReceived({ a: 1, meta: { stream: 's' } }, schema, null);
    expect(added).toEqual(['/meta/dt', '/meta/id', '/http/client_ip']);
    expect(event).toEqual({ a: 1, meta: { stream: 's', dt: '…', id: '…' }, http: { client_ip: '…' } });
  });

  it('is not what the event has already', () => {
    expect(asReceived({ meta: { dt: TIME, id: 'x' }, http: { client_ip: '::1' } }, schema, null).added).toEqual([]);
  });
});
