/** Records for queries. */

import type { Json, Record } from '../../../../src/record/record.ts';

export function record(fields: Partial<Record> = {}): Record {
  return {
    type: 'record',
    id: 'load/1',
    time: '2026-11-23T21:17:33.154Z',
    frame: 0,
    client: 'event-logging',
    clientVersion: null,
    api: 'submit',
    stream: 'mediawiki.web_ui_actions',
    redirectedFrom: null,
    instrument: null,
    experiment: null,
    action: 'click',
    schema: '/analytics/web_ui/1.0.2',
    decision: { state: 'accepted', reason: null, answer: null, agrees: true, sampling: null },
    override: null,
    event: null,
    reconstructed: false,
    truncated: false,
    delivery: { state: 'sent', url: null, queuedUntil: null, sentAt: null, status: null, answer: null },
    verdict: { verdict: 'valid', errors: [] },
    checks: [],
    origin: null,
    interaction: null,
    session: 'abc',
    pageview: null,
    page: { load: 'load', url: 'https://wiki.example/wiki/Main_Page' },
    final: true,
    ...fields,
  };
}

export const withEvent = (event: Json, fields: Partial<Record> = {}): Record => record({ event, ...fields });
