/** Cases of checks on sampling, size and the way to the intake. */

import type { Surroundings } from '../../../src/checks/subject.ts';
import type { Record } from '../../../src/record/record.ts';
import type { Cases } from './cases.ts';
import { changed, CONFIG, EVENT, NOW, type Given } from './subjects.ts';

const config = (changes: { [key: string]: unknown }): Surroundings => ({ config: changed(CONFIG, changes) });
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
const FORCED = { rules: [], forced: true, without: { inSample: false } };

export const SENDING_CASES: Cases = {
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
};
