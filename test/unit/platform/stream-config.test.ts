import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/platform/json.ts';
import { configOf, provideValuesOf, redirectOf } from '../../../src/platform/stream-config.ts';

describe('configOf', () => {
  const streams = { 'my.stream': { sample: { unit: 'session', rate: 1 } }, empty: {}, broken: null };

  it('finds the config of a stream', () => {
    expect(configOf(streams, 'my.stream')).toBe(streams['my.stream']);
    expect(configOf(streams, 'empty')).toEqual({});
  });

  it('knows no other stream, nor what an object inherits', () => {
    expect(configOf(streams, 'other')).toBeUndefined();
    expect(configOf(streams, 'broken')).toBeUndefined();
    expect(configOf(streams, 'constructor')).toBeUndefined();
    expect(configOf(streams, '__proto__')).toBeUndefined();
  });

  it('takes every stream for configured where stream configs are switched off', () => {
    expect(configOf(false, 'anything')).toEqual({});
  });
});

const producing = (client: Json) => ({ producers: { metrics_platform_client: client } });

describe('redirectOf', () => {
  it('is the target stream', () => {
    expect(redirectOf(producing({ stream_name: 'other.stream' }))).toBe('other.stream');
  });

  it.each<[Json | undefined]>([
    [undefined],
    [{}],
    [{ producers: null }],
    [producing({})],
    [producing({ stream_name: '' })],
  ])('is null for %j', config => {
    expect(redirectOf(config)).toBeNull();
  });
});

describe('provideValuesOf', () => {
  it('adds what is always provided', () => {
    expect(provideValuesOf(producing({ provide_values: ['page_id'] }))).toEqual([
      'page_id',
      'agent_client_platform',
      'agent_client_platform_family',
    ]);
  });

  it('ignores what is no list of names', () => {
    expect(provideValuesOf(producing({ provide_values: 'page_id' }))).toHaveLength(2);
    expect(provideValuesOf(producing({ provide_values: [1, null, 'page_id'] }))).toHaveLength(3);
    expect(provideValuesOf(undefined)).toHaveLength(2);
  });
});
