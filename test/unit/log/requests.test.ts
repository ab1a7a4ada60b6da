import { describe, expect, it } from 'vitest';
import { AT, call, envelope, eventOf, SCHEMA, send, settled } from './facts.ts';
import { logOf, record, status, VALID } from './logs.ts';

describe('a request', () => {
  it('says what left the page, whatever was noted at the call', () => {
    const log = logOf(call(1));
    log.verdict(0, VALID);
    const changed = eventOf({ action: 'changed', $schema: '/other/1.0.0' });
    log.ingest(envelope([send(2, [1], { body: JSON.stringify(changed) })]));
    expect(record(log)).toMatchObject({ event: changed, schema: '/other/1.0.0', action: 'changed' });
    expect(log.pending()).toEqual([0]);
  });

  it('does not ask for another verdict of an equal event', () => {
    const log = logOf(call(1));
    log.verdict(0, VALID);
    log.ingest(envelope([send(2, [1])]));
    expect(log.pending()).toEqual([]);
  });

  it('finds its call by content, and two equal events stay two records', () => {
    const other = eventOf({ action: 'other' });
    const log = logOf(call(1), call(2), call(3, { event: other }));
    log.ingest(envelope([send(4, [], { body: JSON.stringify(other) }), send(5, []), send(6, [])]));
    expect(log.records.map(({ delivery }) => delivery.sentAt?.slice(-4))).toEqual(['159Z', '160Z', '158Z']);
    log.ingest(envelope([send(7, [])]));
    expect(log.records).toHaveLength(4);
  });

  it('finds its call by stream and time where the event changed since', () => {
    const log = logOf(call(1), send(2, [], { body: JSON.stringify(eventOf({ action: 'changed' })) }));
    expect(log.records).toHaveLength(1);
    expect(record(log)).toMatchObject({ event: { action: 'changed' }, delivery: { state: 'sent' } });
  });

  it('finds no call of another stream or time', () => {
    const log = logOf(call(1), send(2, [], { body: JSON.stringify(eventOf({ dt: '2026-11-23T00:00:00.000Z' })) }));
    expect(log.records).toHaveLength(2);
  });

  it('carries several events in an array', () => {
    const events = [eventOf({ n: 1 }), eventOf({ n: 2 }), eventOf({ n: 3 })];
    const log = logOf(
      call(1, { event: eventOf({ n: 1 }) }),
      call(2, { event: eventOf({ n: 3 }) }),
      send(3, [], { body: JSON.stringify(events) }),
    );
    expect(log.records.map(({ client, event, id }) => [client, event, id])).toEqual([
      ['event-logging', events[0], 'load1/1'],
      ['event-logging', events[2], 'load1/2'],
      ['unknown', events[1], 'load1/3.1'],
    ]);
    for (const note of status(events, 207)) log.note(note);
    expect(log.records.map(({ delivery }) => delivery.status)).toEqual([207, 207, 207]);
  });

  it('of no call becomes a record', () => {
    const event = eventOf({
      instrument_name: 'i',
      experiment: { enrolled: 'e' },
      performer: { session_id: 'ffffffffc0ffee00c0ff', pageview_id: 'p' },
    });
    const log = logOf(send(1, [], { via: 'fetch', body: JSON.stringify(event) }));
    expect(record(log)).toMatchObject({
      id: 'load1/1',
      client: 'unknown',
      api: 'fetch',
      decision: { state: 'unknown', reason: null, agrees: true },
      stream: 'my.stream',
      schema: SCHEMA,
      action: 'click',
      instrument: 'i',
      experiment: 'e',
      session: 'ffffffffc0ffee00c0ff',
      pageview: 'p',
      event,
      delivery: { state: 'sent' },
    });
    expect(log.pending()).toEqual([0]);
  });

  it('with a body that cannot be read is a record without an event', () => {
    const log = logOf(send(1, [], { body: undefined as never }), send(2, [], { body: '{"cut', truncated: true }));
    settled(log);
    expect(record(log, 0)).toMatchObject({ event: null, verdict: { verdict: 'none' }, truncated: true });
    expect(record(log, 1)).toMatchObject({ event: null, verdict: { verdict: 'none' }, truncated: false });
  });

  it('with a body that does not parse is a record of its text', () => {
    const log = logOf(send(1, [], { body: 'not json' }), send(2, [], { body: '[]' }));
    expect(record(log, 0).event).toBe('not json');
    expect(record(log, 1).event).toBeNull();
  });

  it('of a legacy event has it in its URL', () => {
    const legacy = { event: { x: 1 }, schema: 'Test', revision: 1, webHost: 'wiki.example', wiki: 'testwiki' };
    const url = `/beacon/event?${encodeURIComponent(JSON.stringify(legacy))};`;
    const accepted = { api: 'logEvent', schema: undefined as never, event: legacy.event };
    const log = logOf(
      call(1, { ...accepted, streamFacts: { configured: true, intake: '/beacon/event' } }),
      send(2, [1], { url, body: undefined as never }),
    );
    expect(log.records).toHaveLength(1);
    expect(record(log)).toMatchObject({
      event: legacy,
      delivery: { state: 'sent', url: `https://wiki.example${url}` },
    });
    log.note({
      kind: 'status',
      request: 'r',
      frame: 0,
      type: 'ping',
      url: `https://wiki.example${url}`,
      at: AT,
      status: 204,
    });
    expect(record(log).delivery).toMatchObject({ state: 'answered', status: 204 });
  });

  it('that was refused can be made again', () => {
    const log = logOf(call(1), send(2, [1], { outcome: 'refused' }), send(3, [1], { via: 'fetch' }));
    expect(log.records).toHaveLength(1);
    expect(record(log).delivery.state).toBe('sent');
  });

  it('that comes before its call waits for it', () => {
    const bySeq = logOf(send(1, [2]), call(2));
    expect(bySeq.records).toHaveLength(1);
    expect(record(bySeq)).toMatchObject({
      id: 'load1/1',
      client: 'event-logging',
      api: 'submit',
      delivery: { state: 'sent' },
    });
    const byContent = logOf(send(1, []), call(2));
    expect(byContent.records).toHaveLength(1);
    expect(record(byContent)).toMatchObject({ client: 'event-logging', delivery: { state: 'sent' } });
  });

  it('is not claimed by a dropped call, nor by one with another event', () => {
    const log = logOf(send(1, []), send(2, [], { body: undefined as never }));
    settled(log);
    log.ingest(envelope([call(3, { seen: 'dropped' }), call(4, { event: eventOf({ other: 1 }) })]));
    expect(log.records).toHaveLength(4);
  });

  it('ignores a verdict that is of an earlier event', () => {
    const log = logOf(call(1));
    const { event } = record(log);
    log.ingest(envelope([send(2, [1], { body: JSON.stringify(eventOf({ changed: 1 })) })]));
    log.verdict(0, VALID, event);
    expect(record(log).verdict.verdict).toBe('pending');
    log.verdict(0, VALID, record(log).event);
    expect(record(log).verdict.verdict).toBe('valid');
  });
});
