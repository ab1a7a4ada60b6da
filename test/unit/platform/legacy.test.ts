import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/platform/json.ts';
import { beaconText, beaconUrl } from '../../../src/platform/legacy.ts';

describe('the legacy beacon', () => {
  it('has the event in its query', () => {
    expect(beaconUrl('/beacon/event', { a: 'ä' })).toBe('/beacon/event?%7B%22a%22%3A%22%C3%A4%22%7D;');
    expect(beaconUrl(false, {})).toBe('false?%7B%7D;');
  });

  it('gives the event back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), event => {
        const text = beaconText(beaconUrl('https://wiki.example/beacon/event', event as Json));
        expect(text).toBe(JSON.stringify(event));
      }),
    );
  });

  it.each(['/v1/events?hasty=true', '/beacon/event', '/beacon/event?%7B%zz;', ''])('finds none in %j', url => {
    expect(beaconText(url)).toBeNull();
  });
});
