/** Cases of checks on personal data. */

import type { Cases } from './cases.ts';

export const PERSONAL_CASES: Cases = {
  'user-name': {
    fires: [[{ event: { user_name: 'Jane' } }], [{ event: { performer: { name: 'Jane' } } }]],
    silent: [[{ event: { user_name: '' } }], [{ event: { element: { name: 'button' } } }]],
  },
  'user-id': {
    fires: [[{ event: { performer: { id: 7 } } }], [{ event: { event: { userId: '7' } } }]],
    silent: [[{ event: { performer: { id: 0 } } }], [{ event: { page: { id: 7 } } }]],
  },
  'ip-address': {
    fires: [
      [{ event: { a: '198.51.100.7' } }],
      [{ event: { a: ['2001:db8::1'] } }],
      [{ event: { a: '2001:db8:1:2:3:4:5:6' } }],
    ],
    silent: [
      [
        {
          event: {
            app_version: '2.7.50.1',
            server_ip: '198.51.100.7',
            a: '1.43.0',
            b: '300.1.1.1',
            c: '12:34:56',
            d: '::',
          },
        },
      ],
      [{ event: { http: { client_ip: '198.51.100.7' } }, around: { asReceived: true } }],
    ],
  },
  'email-address': {
    fires: [[{ event: { a: 'write to jane.doe@example.org now' } }]],
    silent: [[{ event: { a: '@jane', b: 'a@b', c: 'at https://x.example/@jane' } }]],
  },
  'precise-location': {
    fires: [[{ event: { geo: { lat: 52.52001 } } }], [{ event: { a: '52.5200, 13.4050' } }]],
    silent: [[{ event: { geo: { lat: 52.5 }, rate: 52.52001, a: '1.5, 2.5' } }]],
  },
  'full-url': {
    fires: [[{ event: { a: 'https://en.wikipedia.org/w/index.php?search=x' } }]],
    silent: [[{ event: { a: 'https://en.wikipedia.org/wiki/Main_Page', b: 'what?', c: '/wiki/A?b' } }]],
  },
  'user-agent': {
    fires: [[{ event: { agent: { ua_string: 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/153.0' } } }]],
    silent: [
      [{ event: { a: 'Firefox', b: 'a/b' } }],
      [{ event: { http: { request_headers: { 'user-agent': 'Mozilla/5.0' } } }, around: { asReceived: true } }],
    ],
  },
  'search-text': {
    fires: [[{ event: { search_query: 'my illness' } }], [{ event: { event: { query: 'x' } } }]],
    silent: [[{ event: { search_query: '', query: '42', search_id: 'abc' } }]],
  },
  'private-page-title': {
    fires: [[{ event: { mediawiki: { database: 'officewiki' }, page: { title: 'Plans' } } }]],
    silent: [[{ event: { page: { title: 'Plans' } } }], [{ event: { mediawiki: { database: 'officewiki' } } }]],
  },
  'free-text': {
    fires: [[{ event: { a: 'some words that people wrote '.repeat(8) } }]],
    silent: [
      [
        {
          event: { a: 'some words that people wrote', b: 'x'.repeat(500), c: `https://x.example/${'a b '.repeat(80)}` },
        },
      ],
    ],
  },
  'joining-identifier': {
    fires: [
      [{ event: { agent: { app_install_id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' } } }],
      [{ event: { a: 'aB3_'.repeat(16) } }],
    ],
    silent: [[{ event: { a: 'ab34'.repeat(16), device_id: '' } }]],
  },
};
