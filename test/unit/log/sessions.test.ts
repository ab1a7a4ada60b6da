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
