/** Makes records and sessions for the tests of test sessions. */

import type { JsonObject, Record } from '../../../src/record/record.ts';
import { blankHeader, type TestSession } from '../../../src/test-session/session.ts';

export const AT = Date.parse('2026-11-23T21:00:00.000Z');
export const SESSION = '80000000c0ffee00c0ff';
export const PAGEVIEW = '19999999aaaaaaaaaaaa';
export const SCHEMA = '/analytics/product_metrics/web/base/1.3.0';
export const iso = (ms: number) => new Date(AT + ms).toISOString();

/** @param ms after the session's begin */
export function record(
  seq: number,
  ms: number,
  action: string,
  fields: Partial<Record> = {},
  event: JsonObject = {},
): Record {
  const stream = fields.stream ?? 'my.stream';
  return {
    type: 'record',
    id: `load/${seq}`,
    time: iso(ms),
    frame: 0,
    client: 'event-logging',
    clientVersion: null,
    api: 'submitInteraction',
    stream,
    redirectedFrom: null,
    instrument: null,
    experiment: null,
    action,
    schema: SCHEMA,
    decision: { state: 'accepted', reason: null, answer: null, agrees: true, sampling: null },
    override: null,
    event: {
      $schema: SCHEMA,
      meta: { stream, domain: 'en.wikipedia.org' },
      dt: iso(ms),
      action,
      performer: { session_id: SESSION, pageview_id: PAGEVIEW, is_logged_in: false },
      ...event,
    },
    reconstructed: false,
    truncated: false,
    delivery: {
      state: 'answered',
      url: 'https://intake.example/v1/events',
      queuedUntil: null,
      sentAt: iso(ms),
      status: 202,
      answer: null,
    },
    verdict: { verdict: 'valid', errors: [] },
    checks: [],
    origin: null,
    interaction: null,
    session: SESSION,
    pageview: PAGEVIEW,
    page: { load: 'load', url: 'https://en.wikipedia.org/wiki/Main_Page' },
    final: true,
    ...fields,
  };
}

export function sessionOf(records: Record[], fields: Partial<TestSession> = {}): TestSession {
  return { header: blankHeader(iso(0)), records, holes: [], marks: [], ...fields };
}

export const dropped = (reason: 'out-of-sample' | 'no-action'): Partial<Record> => ({
  decision: { state: 'dropped', reason, answer: null, agrees: true, sampling: null },
  delivery: { state: 'none', url: null, queuedUntil: null, sentAt: null, status: null, answer: null },
});
