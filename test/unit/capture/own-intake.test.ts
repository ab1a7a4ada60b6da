import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutHasty } from '../../../src/capture/own-intake.ts';

const HERE = 'http://localhost:8080/wiki/Page';
const AWAY = 'https://en.wikipedia.org/wiki/Page';

describe('an intake of this machine', () => {
  it.each([
    ['http://localhost/v1/events?hasty=true', 'http://localhost/v1/events'],
    ['http://localhost:8192/v1/events?hasty', 'http://localhost:8192/v1/events'],
    ['http://127.0.0.1:8192/v1/events?hasty=true&x=1', 'http://127.0.0.1:8192/v1/events?x=1'],
    ['http://[::1]:8192/v1/events?x=1&hasty=true', 'http://[::1]:8192/v1/events?x=1'],
    ['http://wiki.localhost/v1/events?x=1&hasty=true&y=2', 'http://wiki.localhost/v1/events?x=1&y=2'],
    ['//localhost/v1/events?hasty=1#part', '//localhost/v1/events#part'],
    ['HTTPS://LOCALHOST/v1/events?hasty=', 'HTTPS://LOCALHOST/v1/events'],
  ])('%s becomes %s', (url, expected) => {
    for (const page of [HERE, AWAY]) expect(withoutHasty(url, page)).toBe(expected);
  });

  it('is asked by a path alone where the page is of this machine', () => {
    expect(withoutHasty('/evt-103e/v2/events?hasty=true', HERE)).toBe('/evt-103e/v2/events');
    expect(withoutHasty('/evt-103e/v2/events?hasty=true', AWAY)).toBe('/evt-103e/v2/events?hasty=true');
  });

  it.each(['http://localhost/v1/events', 'http://localhost/v1/events?nothasty=1', 'http://localhost/hasty?x=hasty'])(
    '%s stays',
    url => expect(withoutHasty(url, HERE)).toBe(url),
  );
});

it.each([
  'https://intake-analytics.wikimedia.org/v1/events?hasty=true',
  'https://localhost.example.org/v1/events?hasty=true',
  'https://example.org/localhost/v1/events?hasty=true',
  'https://example.org/?x=//localhost/&hasty=true',
  'https://localhost@example.org/v1/events?hasty=true',
  'https://127.0.0.1.example.org/v1/events?hasty=true',
])('%s is no intake of this machine', url => {
  for (const page of [HERE, AWAY]) expect(withoutHasty(url, page)).toBe(url);
});

it('takes nothing but the first `hasty`, in whatever order', () => {
  const parameter = fc.constantFrom('a=1', 'hasty', 'hasty=true', 'nothasty=1', 'b');
  const url = (list: string[]) => `http://localhost/v1/events${list.length ? `?${list.join('&')}` : ''}`;
  fc.assert(
    fc.property(fc.array(parameter, { maxLength: 5 }), parameters => {
      const first = parameters.findIndex(one => /^hasty(=|$)/.test(one));
      expect(withoutHasty(url(parameters), AWAY)).toBe(url(parameters.filter((_, index) => index !== first)));
    }),
  );
});
