import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../../src/checks/all.ts';
import { createChecks } from '../../../src/checks/registry.ts';
import type { Surroundings } from '../../../src/checks/subject.ts';
import type { JsonObject, Record } from '../../../src/record/record.ts';
import { changed, CONFIG, EVENT, NOW, subject, type Given } from './subjects.ts';

/** The names of the checks that have something to say of the last of these. */
function findings(...given: Given[]) {
  const checks = createChecks();
  return given.map(one => checks.of(subject(one))).at(-1) ?? [];
}

const config = (changes: { [key: string]: unknown }): Surroundings => ({ config: changed(CONFIG, changes) });
const asking = (...names: string[]) => config({ producers: { metrics_platform_client: { provide_values: names } } });
const SCHEMA: JsonObject = {
  additionalProperties: false,
  properties: {
    dt: {},
    mediawiki: { properties: { skin: {}, database: {} }, additionalProperties: false },
    performer: { properties: { session_id: {} } },
  },
};
const sampled = (population: number): Partial<Record> => ({
  decision: {
    state: 'accepted',
    reason: null,
    answer: null,
    agrees: true,
    sampling: { unit: 'pageview', id: null, value: null, rate: 1 / population, inSample: true, population },
  },
});
const sentTo = (url: string, more: Partial<Record> = {}): Partial<Record> => ({
  ...more,
  delivery: { state: 'sent', url, queuedUntil: null, sentAt: null, status: null, answer: null },
});
const EDGE = { sampling_unit: 'edge-unique', enrolled: 'my-experiment', assigned: 'control', subject_id: 'awaiting' };
const edge = (changes: { [key: string]: unknown }): Given => ({
  event: { experiment: changed(EDGE, changes) },
  around: config({ producers: { eventgate: { use_edge_uniques: true } } }),
});
const kitchen = (more: Partial<Record> = {}): Partial<Record> => ({ client: 'test-kitchen', api: 'send', ...more });
const at = (milliseconds: number): Given => ({
  record: { time: new Date(NOW + milliseconds).toISOString() },
  event: { dt: new Date(NOW + milliseconds).toISOString() },
});
const step = (position: number, token: string | undefined = 't'): Given => ({
  event: { funnel_event_sequence_position: position, funnel_entry_token: token },
});
const times = (count: number, one: Given): Given[] => Array.from({ length: count }, () => one);
const FORCED = { rules: [], forced: true, without: { inSample: false } };

/** What fires, and its neighbour that does not: the last record of each decides. */
const CASES: { [check: string]: { fires: Given[][]; silent: Given[][] } } = {
  'missing-attribute': {
    fires: [
      [{ around: asking('mediawiki_version') }],
      [{ around: asking('performer_edit_count'), event: { performer: { is_logged_in: true } } }],
      [
        {
          record: kitchen({ instrument: 'i' }),
          around: { page: { instruments: { i: { contextual_attributes: ['page_title'] } } } },
        },
      ],
      [{ record: { api: '' }, around: asking('mediawiki_version') }],
    ],
    silent: [
      [{ around: asking('mediawiki_skin', 'page_wikidata_qid', 'mediawiki_site_content_language_variant') }],
      [{ around: asking('performer_edit_count', 'performer_name') }],
      [{ around: asking('mediawiki_version'), record: { api: 'submit' } }],
      [{ around: asking('mediawiki_version'), record: { reconstructed: true } }],
    ],
  },
  'unknown-attribute': {
    fires: [[{ around: asking('page_namespace') }]],
    silent: [
      [{ around: asking('page_namespace_id') }],
      [{ around: asking('page_namespace') }, { around: asking('page_namespace') }],
    ],
  },
  'refused-attribute': {
    fires: [
      [{ around: { ...asking('mediawiki_is_production'), schema: SCHEMA } }],
      [{ around: { ...asking('page_id'), schema: SCHEMA } }],
    ],
    silent: [
      [
        {
          around: {
            ...asking('mediawiki_skin', 'performer_name'),
            schema: changed(SCHEMA, { properties: { agent: {} } }),
          },
        },
      ],
      [{ around: asking('page_id') }],
    ],
  },
  'bare-submit': {
    fires: [
      [{ record: { api: 'submit' }, event: { agent: undefined } }],
      [{ record: { api: '' }, event: { agent: undefined } }],
    ],
    silent: [
      [{ record: { api: 'submit' } }],
      [{ record: { api: 'submit' }, event: { agent: undefined, $schema: '/analytics/session_tick/2.0.0' } }],
      [{ event: { agent: undefined } }],
    ],
  },
  'event-time': {
    fires: [
      [{ event: { dt: undefined }, around: { schema: SCHEMA } }],
      [{ event: { dt: '2026-11-23T22:17:33Z' } }],
      [{ event: { dt: '2026-11-23T21:17:30Z' } }],
    ],
    silent: [
      [{ event: { dt: '2026-11-23T21:17:33Z' } }],
      [{ event: { dt: undefined, client_dt: '2026-11-23T21:17:33Z' }, around: { schema: SCHEMA } }],
      [{ event: { dt: undefined, $schema: '/analytics/legacy/x/1.0.0' }, around: { schema: SCHEMA } }],
      [{ event: { dt: '2026-11-23T20:17:33Z' }, record: { api: '' } }],
      [{ event: { dt: undefined } }],
    ],
  },
  'two-times': {
    fires: [[{ event: { client_dt: '2026-11-23T21:17:33Z' } }]],
    silent: [
      [{ event: { client_dt: '2026-11-23T21:17:33Z', dt: undefined } }],
      [{ event: { client_dt: '2026-11-23T21:17:33Z' }, around: { asReceived: true } }],
    ],
  },
  'old-schema': {
    fires: [[{ around: { newest: '2.10.0' } }]],
    silent: [[{ around: { newest: '2.1.0' } }], [{ around: { newest: '1.9.9' } }], [{}]],
  },
  'unregistered-stream': {
    fires: [
      [
        {
          record: {
            decision: { state: 'dropped', reason: 'stream-not-configured', answer: null, agrees: true, sampling: null },
          },
        },
      ],
    ],
    silent: [
      [
        {
          record: {
            decision: { state: 'dropped', reason: 'stream-not-configured', answer: null, agrees: true, sampling: null },
          },
          around: { config: null },
        },
      ],
      [{}],
    ],
  },
  hoisting: {
    fires: [
      [edge({ subject_id: 'me' })],
      [edge({ enrolled: 'short' })],
      [edge({ assigned: undefined })],
      [{ ...edge({}), around: { config: CONFIG } }],
      [{ ...edge({}), record: kitchen({ experiment: 'another-experiment' }) }],
      [edge({ sampling_unit: 'mw-user' })],
      [
        {
          ...edge({}),
          around: {
            ...edge({}).around,
            page: { experiments: { 'my-experiment': { user_identifier_type: 'mw-user' } } },
          },
        },
      ],
    ],
    silent: [
      [edge({})],
      [edge({ sampling_unit: 'mw-user', subject_id: 'a'.repeat(64) })],
      [{ ...edge({ subject_id: 'b'.repeat(64) }), around: { ...edge({}).around, asReceived: true } }],
      [{ event: { experiment: { sampling_unit: 'other' } } }],
    ],
  },
  'funnel-order': {
    fires: [
      [step(1), step(3)],
      [step(1), step(2), step(2)],
      [step(2), step(1)],
    ],
    silent: [
      [step(1), step(2)],
      [step(5)],
      [step(1), step(1, 'another')],
      [step(2, undefined), { event: { funnel_event_sequence_position: 1 } }],
    ],
  },
  'repeated-event': {
    fires: [
      [at(0), at(50)],
      [at(0), { ...at(20), event: { ...at(20).event, funnel_event_sequence_position: 2 } }],
    ],
    silent: [
      [at(0), at(51)],
      [at(0), { ...at(20), event: { ...at(20).event, action: 'view' } }],
    ],
  },
  'too-many-events': {
    fires: [times(101, {})],
    silent: [times(100, {}), times(102, {}), [...times(100, {}), { record: { stream: 'another' } }]],
  },
  'legacy-rate': {
    fires: [[{ record: sampled(1 / 0.3) }], [{ record: sampled(0) }]],
    silent: [[{ record: sampled(16) }], [{}]],
  },
  'invalid-sample': {
    fires: [
      [{ around: config({ sample: { rate: 0 } }) }],
      [{ around: config({ sample: { rate: 2 } }) }],
      [{ around: config({ sample: { unit: 'device' } }) }],
    ],
    silent: [
      [{ around: config({ sample: { unit: 'pageview', rate: 0.01 } }) }],
      [{ around: config({ sample: undefined }) }],
      [{ around: config({ sample: { unit: 'device' } }), record: { client: 'unknown' } }],
    ],
  },
  'event-size': {
    fires: [
      [{ event: { a: 'x'.repeat(65_536) } }],
      [{ event: { a: 'é'.repeat(33_000) } }],
      [{ event: { a: 'x'.repeat(1 << 20) } }],
      [{ event: { a: 'x'.repeat(2_000) }, record: sentTo('https://en.wikipedia.org/beacon/event?%7B%7D;') }],
    ],
    silent: [
      [{ event: { a: 'x'.repeat(60_000) } }],
      [{ record: sentTo('https://en.wikipedia.org/beacon/event?%7B%7D;') }],
    ],
  },
  'changed-event': {
    fires: [
      [{ around: { atCall: changed(EVENT, { action: 'view' }) } }],
      [{ around: { atCall: changed(EVENT, { more: [1] }) } }],
    ],
    silent: [
      [{ around: { atCall: Object.fromEntries(Object.entries(EVENT).toReversed()) } }],
      [{ around: { atCall: changed(EVENT, { action: 'view' }) }, record: { truncated: true } }],
      [{}],
    ],
  },
  'session-changes': {
    fires: [[{}, { event: { performer: { session_id: '0123456789abcdef0123' } } }]],
    silent: [
      [{}, {}],
      [
        {},
        { event: { performer: { session_id: '0123456789abcdef0123' } }, record: { page: { load: 'other', url: '' } } },
      ],
      [{}, { event: { performer: { session_id: '0123456789abcdef0123' }, agent: { client_platform: 'android' } } }],
    ],
  },
  'frames-differ': {
    fires: [[{}, { record: { frame: 3 }, event: { performer: { session_id: '0123456789abcdef0123' } } }]],
    silent: [
      [{}, { record: { frame: 3 } }],
      [
        {},
        {
          record: { frame: 3, page: { load: 'l', url: 'https://de.wikipedia.org/' } },
          event: { performer: { session_id: '0123456789abcdef0123' } },
        },
      ],
      [
        {},
        {
          record: { frame: 3, time: new Date(NOW + 60_000).toISOString() },
          event: { performer: { session_id: '0123456789abcdef0123' } },
        },
      ],
    ],
  },
  'identifier-format': {
    fires: [
      [{ event: { performer: { session_id: 'ABCDEF0123456789ABCD' } } }],
      [{ event: { performer: { pageview_id: 'short' } } }],
      [{ event: { agent: { client_platform: 'ios' } } }],
    ],
    silent: [
      [{}],
      [
        {
          event: {
            agent: { client_platform: 'ios' },
            performer: { session_id: '9C6D2E1A-1111-4222-8333-0123456789AB', pageview_id: undefined },
          },
        },
      ],
      [{ event: { agent: undefined, performer: { session_id: 'any' } } }],
    ],
  },
  'wrong-intake': {
    fires: [
      [{ record: sentTo('https://en.wikipedia.org/ins-502b/v2/events?hasty=true') }],
      [{ ...edge({}), record: sentTo('https://en.wikipedia.org/ins-502b/v2/events', kitchen()) }],
      [{ around: config({ destination_event_service: 'eventgate-logging-external' }) }],
    ],
    silent: [
      [{}],
      [{ ...edge({}), record: sentTo('https://en.wikipedia.org/evt-103e/v2/events', kitchen()) }],
      [{ event: { instrument_name: 'i' }, record: sentTo('https://en.wikipedia.org/ins-502b/v2/events', kitchen()) }],
      [{ ...edge({}), record: sentTo('http://localhost:8192/v1/events', kitchen()) }],
    ],
  },
  'forced-in-production': {
    fires: [[{ record: { override: FORCED } }]],
    silent: [
      [{}],
      [{ record: { override: { ...FORCED, forced: false } } }],
      [{ record: sentTo('http://localhost:8192/v1/events', { override: FORCED }) }],
      [{ record: sentTo('https://intake-analytics.wikimedia.beta.wmflabs.org/v1/events', { override: FORCED }) }],
    ],
  },
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
      [{ event: { app_version: '2.7.50.1', a: '1.43.0', b: '300.1.1.1', c: '12:34:56', d: '::' } }],
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

describe('checks', () => {
  it('say nothing of an event as it should be', () => {
    expect(findings({})).toEqual([]);
  });

  it('have their cases, all of them', () => {
    expect(Object.keys(CASES).toSorted()).toEqual(CHECKS.map(({ name }) => name).toSorted());
  });

  const named = (which: 'fires' | 'silent') =>
    Object.entries(CASES).flatMap(([name, cases]) => cases[which].map((given, index) => [name, index, given] as const));

  it.each(named('fires'))('%s fires on its case %i', (name, _, given) => {
    const found = findings(...given).filter(({ check }) => check === name);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, path } of found) {
      expect(message).not.toBe('');
      expect(path === null || path.startsWith('/')).toBe(true);
    }
  });

  it.each(named('silent'))('%s is silent on its neighbour %i', (name, _, given) => {
    expect(findings(...given).filter(({ check }) => check === name)).toEqual([]);
  });

  it('look at a record again without counting it twice', () => {
    const checks = createChecks();
    const one = subject(step(1));
    const two = subject(step(2));
    const answers = [checks.of(one), checks.of(two)];
    expect([checks.of(one), checks.of(two)]).toEqual(answers);
    checks.forget();
    expect(checks.of(two)).toEqual([]);
  });

  it('survive any event', () => {
    const hostile = [
      { __proto__: null, constructor: { name: 'x' }, experiment: [], performer: 7, agent: 'a', meta: [] },
      JSON.parse('{"__proto__":{"a":1},"a/b~c":{"user_name":"x"}}') as JsonObject,
      JSON.parse(`{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`) as JsonObject,
      {
        a: 'a'.repeat(100_000),
        b: `${'a@'.repeat(50_000)}`,
        c: '1.'.repeat(50_000),
        d: `https://${'a?'.repeat(50_000)}`,
      },
      Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 'x y z '.repeat(50)])),
    ];
    for (const event of hostile) {
      const began = performance.now();
      createChecks().of(subject({ record: { event: event as JsonObject } }));
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});
