import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import { AT, call, context, envelope, eventOf, page, SESSION } from './facts.ts';

describe('sessions', () => {
  it('hold all page loads with one session id, and count their records', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), context(2, { session: SESSION }), call(3)], { load: 'a' }));
    const event = eventOf({ meta: { stream: 'other.stream' } });
    const other = { stream: 'other.stream', event };
    const dropped = { ...other, seen: 'dropped', streamFacts: { configured: false } } as const;
    log.ingest(
      envelope([page(1, 'begin', { at: AT + 100 }), call(2, dropped), call(3, other)], {
        load: 'b',
      }),
    );
    log.ingest(
      envelope([page(1, 'begin', { at: AT + 200 }), call(2, { session: 'ffffffffc0ffee00c0ff' })], { load: 'c' }),
    );
    const summaries = log.sessions();
    expect(summaries.map(({ session, records, loads }) => [session, records, loads.map(({ load }) => load)])).toEqual([
      [SESSION, 3, ['a', 'b']],
      ['ffffffffc0ffee00c0ff', 1, ['c']],
    ]);
    expect(summaries[0]?.byStream).toEqual(
      new Map([
        ['my.stream', { accepted: 1, dropped: 0, other: 0 }],
        ['other.stream', { accepted: 1, dropped: 1, other: 0 }],
      ]),
    );
    expect(summaries[0]).toMatchObject({ first: AT + 1, last: AT + 3 });
  });

  it('show page loads without records too', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), page(2, 'hide')]));
    expect(log.sessions()).toMatchObject([{ session: null, records: 0, first: AT + 1, last: AT + 2 }]);
    log.ingest(envelope([context(3, { session: SESSION })]));
    expect(log.sessions().map(({ session }) => session)).toEqual([SESSION]);
  });

  it('follow a record whose decision changes', () => {
    const log = createLog();
    log.ingest(envelope([call(1, { api: 'track', seen: 'waiting', streamFacts: undefined as never })]));
    expect(log.sessions()[0]?.byStream.get('my.stream')).toEqual({ accepted: 0, dropped: 0, other: 1 });
    log.ingest(envelope([call(2, { api: 'logEvent', completes: 1 })]));
    expect(log.sessions()[0]?.byStream.get('my.stream')).toEqual({ accepted: 1, dropped: 0, other: 0 });
    expect(log.sessions()[0]?.records).toBe(1);
  });
});

describe('a page load that learns its identifiers after its first calls', () => {
  it('gives them to those calls, and has one session', () => {
    const log = createLog();
    const fact = (seq: number, more: object) =>
      JSON.stringify({
        kind: 'call',
        seq,
        at: 1_700_000_000_000 + seq,
        client: 'event-logging',
        api: 'submit',
        seen: 'accepted',
        stream: 's',
        ...more,
      });
    log.ingest({
      load: 'a',
      frame: 0,
      url: 'https://en.wikipedia.org/',
      facts: [fact(1, {}), fact(2, { pageview: 'b'.repeat(20) }), fact(3, { session: 'a'.repeat(20) })],
    });
    expect(log.records.map(({ session, pageview }) => [session?.[0], pageview?.[0]])).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(log.sessions()).toMatchObject([{ session: 'a'.repeat(20), records: 3 }]);
  });
});
