import { describe, expect, it } from 'vitest';
import { clock, duration, fraction, prose, rateText, shortUrl, sign, visible } from '../../../src/panel/shared/text.ts';

describe('visible', () => {
  it.each([
    ['plain', 'plain'],
    ['<img src=x>', '<img src=x>'],
    ['a\u202Eb\u2066c', 'a\\u202eb\\u2066c'],
    ['\u0000\u200b\ufeff', '\\u0000\\u200b\\ufeff'],
    ['one\ntwo\tthree', 'one\\ntwo\\tthree'],
    ['שלום', 'שלום'],
    ['🙂', '🙂'],
    ['\ud83d', '\\ud83d'],
    ['\udb40\udc41', '\\udb40\\udc41'],
  ])('writes %j', (text, seen) => {
    expect(visible(text)).toBe(seen);
  });

  it('cuts what is long before it looks at it', () => {
    expect(visible('A'.repeat(1 << 20), 10)).toBe('AAAAAAAAAA…');
  });
});

it('gives a name the same sign always, one of 48', () => {
  expect(sign('mediawiki.web_ui_actions')).toEqual(sign('mediawiki.web_ui_actions'));
  const signs = new Set(Array.from({ length: 2_000 }, (_, i) => JSON.stringify(sign(`stream.${i}`))));
  expect(signs.size).toBe(48);
  expect(sign('')).toEqual(sign(''));
});

it('writes times of day in the zone of the user', () => {
  expect(clock(new Date(2026, 10, 23, 1, 2, 3, 4).getTime())).toBe('01:02:03.004');
  expect(clock('nonsense')).toBe('–');
});

it('writes stretches of time', () => {
  expect([4.4, 1_234, 240_000].map(duration)).toEqual(['4 ms', '1.2 sec', '4 min']);
});

it('writes fractions and rates', () => {
  expect([0, 1, 0.5000000001164153].map(fraction)).toEqual(['0', '1', '0.500000']);
  expect([0.2, 1 / 3, '0.5', { a: [1] }, undefined].map(rateText)).toEqual([
    '0.2',
    '0.333333',
    '"0.5"',
    '{"a":[1]}',
    '–',
  ]);
});

it('shortens addresses', () => {
  expect(shortUrl('https://de.wikipedia.org/wiki/%C3%84?x=1#y')).toBe('de.wikipedia.org/wiki/Ä?x=1#y');
  expect(shortUrl('https://wiki.example/%')).toBe('https://wiki.example/%');
  expect(shortUrl('nonsense')).toBe('nonsense');
});

describe('prose', () => {
  it('joins lines that were broken to fit a width, and keeps paragraphs and lists', () => {
    expect(prose('The time at which\nit happened.\n\nOne of:\n- a\n- b')).toBe(
      'The time at which it happened.\n\nOne of:\n- a\n- b',
    );
  });

  it('shows what cannot be seen, and ends', () => {
    expect(prose('a\u202eb\u0000c')).toBe('a\\u202eb\\u0000c');
    expect(prose('x'.repeat(20), 10)).toBe('xxxxxxxxxx…');
  });
});
