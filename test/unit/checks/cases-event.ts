/** Cases of checks on what an event is made of, and in which order events come. */

import type { Surroundings } from '../../../src/checks/subject.ts';
import type { JsonObject, Record } from '../../../src/record/record.ts';
import type { Cases } from './cases.ts';
import { changed, CONFIG, NOW, type Given } from './subjects.ts';

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

export const EVENT_CASES: Cases = {
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
};
