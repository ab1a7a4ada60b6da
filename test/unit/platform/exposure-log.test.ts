import { describe, expect, it } from 'vitest';
import { exposureKey, exposuresOf, isExposureLive, readExposureKey } from '../../../src/platform/exposure-log.ts';

const NOW = 1_700_000_000_000;
const entry = (expires: unknown, count: unknown) => JSON.stringify({ expires_at: expires, count });

describe('exposure keys', () => {
  it('are written and read', () => {
    const key = exposureKey({ experiment: 'my-experiment', group: 'treatment', version: 'a1b2c3d4e5f60718' });
    expect(key).toBe('tk_exposure.my-experiment:treatment:a1b2c3d4e5f60718');
    expect(readExposureKey(key)).toEqual({
      experiment: 'my-experiment',
      group: 'treatment',
      version: 'a1b2c3d4e5f60718',
    });
    expect(exposureKey({ experiment: 'e', group: 'g' })).toBe('tk_exposure.e:g:v0');
    expect(exposureKey({ experiment: 'e', group: 'g', version: null })).toBe('tk_exposure.e:g:v0');
    expect(readExposureKey('tk_exposure.e:g:h:v0')).toEqual({ experiment: 'e', group: 'g:h', version: 'v0' });
    expect(readExposureKey('tk_exposure.e:g')).toBeNull();
    expect(readExposureKey('other')).toBeNull();
  });
});

describe('exposuresOf', () => {
  it.each<[string, string, string, number | null, number | null, number]>([
    ['live', entry(NOW + 1, 3), 'live', NOW + 1, 3, 300_000],
    ['expired', entry(NOW, 3), 'expired', NOW, 3, 300_000],
    ['the ninth', entry(NOW + 1, 9), 'live', NOW + 1, 9, 300_000],
    ['the tenth, so that the next keeps for a day', entry(NOW + 1, 10), 'live', NOW + 1, 10, 86_400_000],
    ['a time in quotes', entry(String(NOW + 1), 1), 'live', NOW + 1, 1, 300_000],
    ['a time that is none', entry('soon', 1), 'malformed', null, 1, 300_000],
    ['no JSON', '{"expires_at":', 'malformed', null, null, 300_000],
    ['null', 'null', 'malformed', null, 0, 300_000],
    ['a number', '5', 'malformed', null, null, 86_400_000],
    [
      'an old one by its ts, which nobody writes',
      `{"expires_at":${NOW + 1},"count":1,"x":0}`,
      'live',
      NOW + 1,
      1,
      300_000,
    ],
  ])('%s', (_, value, state, expires, count, nextTtl) => {
    const [found, ...more] = exposuresOf({ 'other.key': value, 'tk_exposure.e:g:v0': value }, NOW);
    expect(more).toEqual([]);
    expect(found).toEqual({
      key: 'tk_exposure.e:g:v0',
      experiment: 'e',
      group: 'g',
      version: 'v0',
      state,
      expires,
      count,
      nextTtl,
    });
    expect(isExposureLive({ 'tk_exposure.e:g:v0': value }, { experiment: 'e', group: 'g' }, NOW)).toBe(
      state === 'live',
    );
  });

  it('another version, group or tab is another exposure', () => {
    const storage = { 'tk_exposure.e:g:v0': entry(NOW + 1, 1) };
    expect(isExposureLive(storage, { experiment: 'e', group: 'g', version: 'v1' }, NOW)).toBe(false);
    expect(isExposureLive(storage, { experiment: 'e', group: 'h' }, NOW)).toBe(false);
    expect(isExposureLive({}, { experiment: 'e', group: 'g' }, NOW)).toBe(false);
  });
});
