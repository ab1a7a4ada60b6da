/** Records, as checks see them, for tests. */

import { isJsonObject } from '../../../src/platform/json.ts';
import { acceptedRecord } from './accepted-record.ts';
import { subjectOf, type Surroundings } from '../../../src/checks/subject.ts';
import type { Subject } from '../../../src/checks/types.ts';
import type { Json, JsonObject, Record } from '../../../src/record/record.ts';

export const NOW = Date.parse('2026-11-23T21:17:33.154Z');
const SESSION = '80000000c0ffee00c0ff';

/** An event that no check has anything to say of. */
export const EVENT: JsonObject = {
  $schema: '/analytics/product_metrics/web/base/2.1.0',
  meta: { stream: 'my.stream', domain: 'en.wikipedia.org' },
  dt: '2026-11-23T21:17:33.154Z',
  action: 'click',
  agent: { client_platform: 'mediawiki_js', client_platform_family: 'desktop_browser' },
  performer: { is_logged_in: false, session_id: SESSION, pageview_id: '19999999aaaaaaaaaaaa' },
  mediawiki: { database: 'enwiki', skin: 'vector-2022' },
};

const RECORD = acceptedRecord({
  time: new Date(NOW).toISOString(),
  action: 'click',
  schema: '/analytics/product_metrics/web/base/2.1.0',
  event: EVENT,
  session: SESSION,
});

/** The stream as production would have it. */
export const CONFIG: JsonObject = {
  schema_title: 'analytics/product_metrics/web/base',
  destination_event_service: 'eventgate-analytics-external',
  sample: { unit: 'session', rate: 1 },
  producers: { metrics_platform_client: { provide_values: ['mediawiki_skin', 'performer_session_id'] } },
};

/** A copy with these changes, objects merged; `undefined` takes a field away. */
export function changed(base: JsonObject, changes: { [key: string]: unknown }): JsonObject {
  const copy = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(changes)) {
    const old = copy.get(key);
    if (value === undefined) copy.delete(key);
    else
      copy.set(
        key,
        isJsonObject(old) && isJsonObject(value as Json) ? changed(old, value as JsonObject) : (value as Json),
      );
  }
  return Object.fromEntries(copy);
}

export interface Given {
  event?: { [key: string]: unknown };
  record?: Partial<Record>;
  around?: Surroundings;
}

let count = 0;

/** The subject that differs from the good one in what is given. Each is a record of its own. */
export function subject({ event = {}, record = {}, around = {} }: Given = {}): Subject {
  const whole = { ...RECORD, id: `load/${++count}`, event: changed(EVENT, event), ...record };
  const made = subjectOf(whole, { now: NOW, config: CONFIG, ...around });
  if (!made) throw new Error('no event');
  return made;
}
