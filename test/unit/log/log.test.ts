import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/log/log.ts';
import type { Log } from '../../../src/log/types.ts';
import type { Note } from '../../../src/record/facts.ts';
import { hash } from '../../../src/record/hash.ts';
import type { Record, Verdict } from '../../../src/record/record.ts';
import {
  AT,
  call,
  context,
  envelope,
  eventOf,
  INTAKE,
  page,
  PAGEVIEW,
  SCHEMA,
  send,
  SESSION,
  URL,
  settled,
} from './facts.ts';

const VALID: Verdict = { verdict: 'valid', errors: [] };

function logOf(...facts: Parameters<typeof envelope>[0]): Log {
  const log = createLog();
  log.ingest(envelope(facts));
  return log;
}

function record(log: Log, index = 0): Record {
  const found = log.records[index];
  if (!found) throw new Error(`no record ${index}`);
  return found;
}

function status(body: unknown, code: number, request = 'r1', fields: Partial<Note> = {}): Note[] {
  const at = { request, frame: 0, type: 'ping', url: INTAKE, at: AT, ...fields };
  return [
    { ...at, kind: 'request', hash: hash(JSON.stringify(body)) } as Note,
    { ...at, kind: 'status', status: code } as Note,
  ];
}

describe('a call', () => {
  it('becomes a record', () => {
    const log = logOf(
      page(1, 'begin'),
      call(2, { queuedUntil: AT + 30_000, origin: 'file.js:1', interaction: 'click' }),
    );
    expect(log.records).toEqual([
      {
        type: 'record',
        id: 'load1/2',
        time: '2026-11-23T21:17:33.156Z',
        frame: 0,
        client: 'event-logging',
        clientVersion: null,
        api: 'submit',
        stream: 'my.stream',
        redirectedFrom: null,
        instrument: null,
        experiment: null,
        action: 'click',
        schema: SCHEMA,
        decision: {
          state: 'accepted',
          reason: null,
          answer: null,
          agrees: true,
          sampling: { unit: null, id: null, value: null, rate: null, inSample: true },
        },
        override: null,
        event: eventOf(),
        reconstructed: false,
        truncated: false,
        delivery: {
          state: 'queued',
          url: null,
          queuedUntil: '2026-11-23T21:18:03.154Z',
          sentAt: null,
          status: null,
          answer: null,
        },
        verdict: { verdict: 'pending', errors: [] },
        checks: [],
        origin: 'file.js:1',
        interaction: 'click',
        session: SESSION,
        pageview: PAGEVIEW,
        page: { load: 'load1', url: URL },
        final: false,
      },
    ]);
  });

  it('goes its way to the intake', () => {
    const log = logOf(call(1));
    log.verdict(0, VALID);
    expect(record(log).final).toBe(false);
    log.ingest(envelope([send(2, [1])]));
    expect(record(log).delivery).toMatchObject({ state: 'sent', url: INTAKE, sentAt: '2026-11-23T21:17:33.156Z' });
    expect(record(log).final).toBe(false);
    for (const note of status(eventOf(), 202)) log.note(note);
    expect(record(log).delivery).toMatchObject({ state: 'answered', status: 202 });
    expect(record(log).final).toBe(true);
    expect(log.records).toHaveLength(1);
  });

  it.each([
    ['held', 'held'],
    ['refused', 'refused'],
    ['threw', 'refused'],
    ['redirected', 'redirected'],
  ] as const)('whose request is %s is %s, and final with its verdict', (outcome, state) => {
    const log = logOf(call(1), send(2, [1], { outcome }));
    log.verdict(0, VALID);
    expect(record(log)).toMatchObject({ delivery: { state }, final: true });
  });

  it('is blocked with the browser’s error', () => {
    const log = logOf(call(1), send(2, [1]));
    log.note({
      kind: 'error',
      request: 'r',
      frame: 0,
      type: 'ping',
      url: INTAKE,
      at: AT,
      error: 'net::ERR_BLOCKED_BY_CLIENT',
    });
    expect(record(log).delivery).toMatchObject({ state: 'blocked', answer: 'net::ERR_BLOCKED_BY_CLIENT' });
  });

  it('is final at once where it was dropped and judged', () => {
    const log = logOf(call(1, { seen: 'dropped', streamFacts: { configured: false } }));
    expect(record(log)).toMatchObject({ delivery: { state: 'none' }, final: false });
    log.verdict(0, VALID);
    expect(record(log).final).toBe(true);
  });

  it('without an event has no verdict', () => {
    const log = logOf(call(1, { seen: 'dropped', event: undefined as never, schema: undefined as never }));
    expect(record(log)).toMatchObject({ event: null, verdict: { verdict: 'none' }, final: true });
    expect(log.pending()).toEqual([]);
  });

  it('that asks something has an answer and is final', () => {
    const asked = { api: 'getInstrument', seen: 'answered', event: undefined, answer: { inSample: true } } as never;
    const log = logOf(
      call(1, {
        client: 'test-kitchen',
        objectFacts: { object: 'instrument', configured: true },
        ...(asked as object),
      }),
    );
    expect(record(log)).toMatchObject({ decision: { state: 'answered', answer: { inSample: true } }, final: true });
  });

  it('names the stream to which it was redirected', () => {
    const event = eventOf({ meta: { stream: 'other.stream' } });
    const log = logOf(
      call(1, { event, streamFacts: { configured: true, redirect: 'other.stream', redirectConfigured: true } }),
    );
    expect(record(log)).toMatchObject({ stream: 'other.stream', redirectedFrom: 'my.stream' });
  });

  it('under override says what would have been without', () => {
    const log = logOf(
      call(1, {
        id: SESSION,
        streamFacts: { configured: true, sample: { unit: 'session', rate: 0.2 }, intake: INTAKE },
        override: { rules: [{ stream: 'my.stream', sample: 'in' }], forced: true, naturallyIn: false },
      }),
    );
    expect(record(log)).toMatchObject({
      override: { rules: [{ stream: 'my.stream', sample: 'in' }], forced: true, without: { inSample: false } },
      decision: { state: 'accepted', agrees: true, sampling: { rate: 0.2, inSample: true } },
    });
  });

  it('whose event is not known whole is not judged', () => {
    const log = logOf(call(1, { truncated: true }));
    expect(record(log)).toMatchObject({ truncated: true, verdict: { verdict: 'unavailable' } });
    log.verdict(0, { verdict: 'pending', errors: [] });
    expect(log.pending()).toEqual([]);
    log.ingest(envelope([send(2, [1])]));
    expect(record(log)).toMatchObject({ truncated: false, event: eventOf() });
    expect(log.pending()).toEqual([0]);
  });
});

describe('a dropped call', () => {
  const dropped = { seen: 'dropped' } as const;

  it('gets the event that the client would have built', () => {
    const event = { $schema: SCHEMA, action: 'click', dt: '2020-01-01T00:00:00.000Z', meta: { custom: 1 } };
    const log = logOf(
      call(1, { ...dropped, event, streamFacts: { configured: true, redirect: 'target', redirectConfigured: false } }),
    );
    expect(record(log)).toMatchObject({
      reconstructed: true,
      stream: 'my.stream',
      decision: { reason: 'redirect-target-not-configured' },
      event: { ...event, meta: { custom: 1, stream: 'target', domain: 'wiki.example' } },
    });
    expect(log.pending()).toEqual([0]);
  });

  it('has the time of the call, except for a migrated legacy event', () => {
    const log = logOf(
      call(1, { ...dropped, event: { $schema: SCHEMA } }),
      call(2, { ...dropped, event: { $schema: SCHEMA, client_dt: 'x', dt: 'y' } }),
    );
    expect(record(log, 0).event).toMatchObject({ dt: '2026-11-23T21:17:33.155Z' });
    expect(record(log, 1).event).not.toHaveProperty('dt');
  });

  it('of submitInteraction gets the attributes that the page told', () => {
    const provide = {
      producers: { metrics_platform_client: { provide_values: ['mediawiki_skin', 'performer_session_id', 'page_id'] } },
    };
    const log = logOf(
      context(1, { skin: 'minerva', wiki: 'testwiki', session: SESSION, streams: { 'my.stream': provide } }),
      call(2, {
        ...dropped,
        api: 'submitInteraction',
        action: 'click',
        event: undefined as never,
        data: { element_id: 'x', action: 'no' },
        streamFacts: { configured: false },
      }),
    );
    expect(record(log)).toMatchObject({ reconstructed: true, decision: { reason: 'stream-not-configured' } });
    expect(record(log).event).toEqual({
      $schema: SCHEMA,
      action: 'no',
      element_id: 'x',
      meta: { stream: 'my.stream', domain: 'wiki.example' },
      dt: '2026-11-23T21:17:33.156Z',
      agent: { client_platform: 'mediawiki_js', client_platform_family: 'mobile_browser' },
      mediawiki: { skin: 'minerva' },
      performer: { session_id: SESSION },
    });
  });

  it('of an unsampled instrument is built from what was passed', () => {
    const log = logOf(
      context(1, {
        instruments: { 'my-instrument': { contextual_attributes: ['mediawiki_database'] } },
        wiki: 'testwiki',
      }),
      call(2, {
        client: 'test-kitchen',
        api: 'send',
        seen: 'dropped',
        schema: undefined as never,
        event: undefined as never,
        streamFacts: undefined as never,
        instrument: 'my-instrument',
        action: 'click',
        data: { element_id: 'x' },
        objectFacts: { object: 'unsampled-instrument', configured: true, sample: { unit: 'session', rate: 0.2 } },
      }),
    );
    expect(record(log)).toMatchObject({
      schema: '/analytics/product_metrics/web/base/2.1.0',
      decision: { reason: 'out-of-sample' },
    });
    expect(record(log).event).toMatchObject({
      action: 'click',
      element_id: 'x',
      instrument_name: 'my-instrument',
      $schema: '/analytics/product_metrics/web/base/2.1.0',
      meta: { stream: 'my.stream' },
      mediawiki: { database: 'testwiki' },
    });
  });

  it('of an experiment has the experiment’s schema, and a hostile name reaches nothing', () => {
    const experiment = (seq: number, name: string) =>
      call(seq, {
        client: 'test-kitchen',
        api: 'send',
        seen: 'dropped',
        schema: undefined as never,
        event: undefined as never,
        streamFacts: undefined as never,
        experiment: name,
        action: 'click',
        objectFacts: { object: 'unenrolled-experiment', configured: true, group: null },
      });
    const log = logOf(
      context(1, { experiments: { e: { schema_id: '/e/1.0.0' } } }),
      experiment(2, 'e'),
      experiment(3, '__proto__'),
    );
    expect(record(log).event).toMatchObject({ $schema: '/e/1.0.0' });
    expect(record(log, 1).event).not.toHaveProperty('$schema');
  });

  it('that never was one of a stream is left as it is', () => {
    const legacy = { event: { x: 1 }, schema: 'Test', revision: 1 };
    const log = logOf(
      call(1, {
        ...dropped,
        api: 'logEvent',
        schema: undefined as never,
        event: legacy,
        streamFacts: { configured: true, intake: false },
      }),
    );
    expect(record(log)).toMatchObject({ event: legacy, reconstructed: false, decision: { reason: 'no-intake-url' } });
  });

  it('that was seen to be sent was not dropped', () => {
    const log = logOf(call(1, { seen: 'dropped', streamFacts: { configured: false } }), send(2, [1]));
    expect(record(log)).toMatchObject({
      decision: { state: 'accepted', reason: null, agrees: false },
      delivery: { state: 'sent' },
    });
  });
});

describe('a context that comes after the dropped calls', () => {
  const interaction = (seq: number, fields: object = {}) =>
    call(seq, {
      seen: 'dropped',
      api: 'submitInteraction',
      action: 'click',
      event: undefined as never,
      streamFacts: { configured: true, sample: { unit: 'session', rate: 0 } },
      ...fields,
    });
  const ofExperiment = (seq: number) =>
    interaction(seq, {
      client: 'test-kitchen',
      api: 'send',
      experiment: 'e',
      schema: undefined,
      streamFacts: undefined,
      objectFacts: { object: 'unenrolled-experiment', configured: true, group: null },
    });
  const streams = (...names: string[]) => ({
    'my.stream': { producers: { metrics_platform_client: { provide_values: names } } },
  });
  const told = { wiki: 'testwiki', skin: 'minerva', experiments: { e: { schema_id: '/e/1.0.0' } } };

  it('completes their events, which are judged again', () => {
    const log = logOf(interaction(1), ofExperiment(2), call(3));
    for (const index of [0, 1, 2]) log.verdict(index, VALID);
    const { event: early } = record(log);
    log.drain();
    log.ingest(envelope([context(4, { ...told, streams: streams('mediawiki_database', 'performer_session_id') })]));
    expect(record(log).event).toMatchObject({
      mediawiki: { database: 'testwiki' },
      performer: { session_id: SESSION },
      agent: { client_platform_family: 'mobile_browser' },
    });
    expect(record(log, 1)).toMatchObject({ schema: '/e/1.0.0', event: { $schema: '/e/1.0.0' }, reconstructed: true });
    expect(log.pending()).toEqual([0, 1]);
    expect(log.drain().changed).toEqual([0, 1]);
    log.verdict(0, VALID, early);
    expect(record(log).verdict.verdict).toBe('pending');
    for (const index of [0, 1]) log.verdict(index, VALID);
    expect(record(log).final).toBe(true);
  });

  it('changes nothing where it is no news to them, or older', () => {
    const log = logOf(context(5, { ...told, streams: streams('mediawiki_database') }), interaction(6));
    log.verdict(0, VALID);
    log.ingest(envelope([context(7, { ...told, streams: streams('mediawiki_database'), lingerSeconds: 1 })]));
    log.ingest(envelope([context(4)]));
    expect(log.pending()).toEqual([]);
    log.ingest(envelope([context(8, { ...told, streams: streams('mediawiki_skin') })]));
    expect(log.pending()).toEqual([0]);
    expect(record(log).event).toMatchObject({ mediawiki: { skin: 'minerva' } });
  });

  it('leaves the session of the call as it was, and what was sent after all', () => {
    const later = { ...told, session: 'another', streams: streams('performer_session_id') };
    const sent = eventOf({ sent: true });
    const log = logOf(interaction(1), interaction(2), send(3, [2], { body: JSON.stringify(sent) }), context(4, later));
    expect(record(log)).toMatchObject({ session: SESSION, event: { performer: { session_id: SESSION } } });
    expect(record(log, 1)).toMatchObject({ event: sent, reconstructed: false });
  });

  it('does not reach records that were cleared', () => {
    const log = logOf(page(1, 'begin'), interaction(2));
    log.clear();
    log.ingest(envelope([call(3), context(4, { ...told, streams: streams('mediawiki_skin') })]));
    expect(log.records.map(({ id, event }) => [id, event])).toEqual([['load1/3', eventOf()]]);
  });
});

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

describe('a call that a later fact completes', () => {
  const tracked = {
    api: 'track',
    seen: 'waiting',
    event: { x: 1 },
    schema: undefined as never,
    streamFacts: undefined as never,
  } as const;
  const migrated = eventOf({ event: { x: 1 }, client_dt: 'x' });
  const logged = { api: 'logEvent', event: migrated, completes: 1 } as const;

  it('waits, then goes on under its own name and time', () => {
    const log = logOf(call(1, tracked));
    expect(record(log)).toMatchObject({
      decision: { state: 'waiting', reason: 'waiting-for-subscriber' },
      final: false,
    });
    expect(log.pending()).toEqual([]);
    log.drain();
    log.ingest(envelope([call(2, logged), send(3, [2], { body: JSON.stringify(migrated) })]));
    expect(log.records).toHaveLength(1);
    expect(log.drain()).toMatchObject({ added: 0, changed: [0] });
    expect(record(log)).toMatchObject({
      id: 'load1/1',
      api: 'track',
      time: '2026-11-23T21:17:33.155Z',
      decision: { state: 'accepted', reason: null },
      event: migrated,
      delivery: { state: 'sent' },
    });
    expect(log.pending()).toEqual([0]);
  });

  it('may come after the fact that completes it', () => {
    const log = logOf(call(2, logged), call(1, tracked));
    expect(log.records).toHaveLength(1);
    expect(record(log)).toMatchObject({
      api: 'track',
      time: '2026-11-23T21:17:33.155Z',
      decision: { state: 'accepted' },
    });
  });

  it('waits for ever where the page goes before', () => {
    const log = logOf(page(1, 'begin'), call(2, tracked), page(3, 'hide'));
    expect(record(log).final).toBe(false);
    log.ingest(envelope([page(1, 'begin', { at: AT + 99 })], { load: 'load2' }));
    expect(record(log)).toMatchObject({ decision: { state: 'waiting' }, verdict: { verdict: 'none' }, final: true });
  });

  it('is a promise’s answer as well', () => {
    const asked = {
      client: 'test-kitchen',
      api: 'getExperiment',
      seen: 'answered',
      experiment: 'e',
      streamFacts: undefined as never,
      event: undefined as never,
    } as const;
    const log = logOf(call(1, { ...asked, answer: null }));
    expect(record(log)).toMatchObject({ decision: { state: 'answered', answer: null }, final: false });
    const objectFacts = { object: 'experiment', configured: true } as const;
    log.ingest(envelope([call(2, { ...asked, completes: 1, answer: { group: 'control' }, objectFacts })]));
    expect(log.records).toHaveLength(1);
    expect(record(log)).toMatchObject({ decision: { answer: { group: 'control' } }, final: true });
  });
});

describe('a page that goes', () => {
  it('loses what waits in the queue, unless a request follows', () => {
    const log = logOf(page(1, 'begin'), call(2), call(3), page(4, 'hide'));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['lost', 'lost']);
    log.ingest(envelope([send(5, [2]), call(6), send(7, [6])]));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['sent', 'lost', 'sent']);
    log.verdict(1, VALID);
    expect(record(log, 1).final).toBe(false);
    log.ingest(envelope([page(1, 'begin', { at: AT + 99 })], { load: 'load2' }));
    expect(record(log, 1).final).toBe(true);
    expect(log.loads.map(({ ended }) => ended)).toEqual([AT + 4, null]);
  });

  it('has its queue back when it comes back', () => {
    const log = logOf(
      page(1, 'begin'),
      call(2),
      page(3, 'hide', { persisted: true }),
      page(4, 'show', { persisted: true }),
    );
    expect(record(log).delivery.state).toBe('queued');
    expect(log.loads[0]?.ended).toBeNull();
  });

  it('is told by the page that comes, and so are its frames', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin'), call(2)]));
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), call(2)], { load: 'frame', frame: 7 }));
    log.ingest(envelope([page(1, 'begin', { at: AT + 6 }), call(2)], { load: 'other', frame: 8 }));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['queued', 'queued', 'queued']);
    log.ingest(envelope([page(1, 'begin', { at: AT + 99 })], { load: 'next' }));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['lost', 'lost', 'lost']);
  });

  it('is not taken for gone where its frame was heard of first', () => {
    const log = createLog();
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), call(2)], { load: 'frame', frame: 7 }));
    log.ingest(envelope([page(1, 'begin'), call(2)]));
    expect(log.records.map(({ delivery }) => delivery.state)).toEqual(['queued', 'queued']);
  });
});

describe('ingest', () => {
  it('drops what it has, and answers what may be acknowledged', () => {
    const log = createLog();
    expect(log.ingest(envelope([call(1), call(2)]))).toBe(2);
    expect(log.ingest(envelope([call(1), call(2), call(3)]))).toBe(3);
    expect(log.records).toHaveLength(3);
    expect(log.ingest(envelope([call(6)]))).toBe(3);
    expect(log.loads[0]?.holes).toEqual([{ type: 'hole', load: 'load1', from: 4, to: 5, reason: 'gap' }]);
    expect(log.ingest(envelope([call(4), call(5)]))).toBe(6);
    expect(log.loads[0]?.holes).toEqual([]);
    expect(log.records.map(({ id }) => id)).toEqual(['load1/1', 'load1/2', 'load1/3', 'load1/6', 'load1/4', 'load1/5']);
  });

  it('shows what was before DevTools, and takes what turns up of it', () => {
    const log = createLog();
    const hole = { from: 2, to: 9, reason: 'before-devtools' } as const;
    expect(log.ingest(envelope([page(1, 'begin'), call(10)], { hole }))).toBe(10);
    log.ingest(envelope([call(9)]));
    expect(log.loads[0]?.holes).toMatchObject([{ from: 2, to: 8, reason: 'before-devtools' }]);
  });

  it('makes a hole of what it cannot read, in its place', () => {
    const log = createLog();
    expect(log.ingest(envelope(['?', '{"kind":"call"}', call(3), 'null', call(5), '']))).toBe(6);
    expect(log.loads[0]?.holes).toMatchObject([
      { from: 1, to: 2, reason: 'unreadable' },
      { from: 4, to: 4, reason: 'unreadable' },
      { from: 6, to: 6, reason: 'unreadable' },
    ]);
    expect(log.ingest(envelope(['?', '?'], { load: 'unreadable' }))).toBe(2);
  });

  it('survives anything', () => {
    const log = createLog();
    const hostile = JSON.stringify(call(1)).replace(
      '"event":{',
      '"event":{"__proto__":{"polluted":1},"constructor":1,',
    );
    log.ingest(envelope([hostile, call(2, { stream: '__proto__', event: [] }), send(3, [999], { url: 'http://[' })]));
    log.ingest(envelope([call(4, { event: { meta: 'x', dt: 7 }, seen: 'dropped' })], { load: '__proto__' }));
    expect(log.records).toHaveLength(4);
    expect(log.sessions()[0]?.byStream.get('__proto__')).toEqual({ accepted: 1, dropped: 0, other: 0 });
    expect('polluted' in {}).toBe(false);
  });

  it('keeps what the extension knows of the page, and the newest that the page says', () => {
    const log = logOf(page(1, 'begin', { url: 'https://evil.example/' }), call(2));
    log.ingest(envelope([context(4, { session: 'new' }), context(3, { session: 'old' })]));
    log.ingest(envelope([page(5, 'url', { url: 'https://wiki.example/wiki/Other' }), call(6)]));
    log.ingest(envelope([page(7, 'url', { url: 'https://evil.example/' }), call(8)]));
    expect(log.records.map(({ page }) => page.url)).toEqual([URL, ...Array(2).fill('https://wiki.example/wiki/Other')]);
    expect(log.loads[0]).toMatchObject({ session: 'new', began: AT + 1, records: 3, context: { seq: 4 } });
  });
});

describe('drain', () => {
  it('says what is new and what changed, once', () => {
    const log = logOf(page(1, 'begin'), call(2));
    expect(log.drain()).toEqual({ added: 1, changed: [], loads: true });
    expect(log.drain()).toEqual({ added: 0, changed: [], loads: false });
    log.ingest(envelope([call(3), send(4, [2])]));
    log.verdict(0, VALID);
    log.verdict(1, VALID);
    expect(log.drain()).toEqual({ added: 1, changed: [0], loads: false });
    log.findings(1, [{ check: 'c', severity: 'info', message: 'm', path: null }]);
    expect(log.drain()).toEqual({ added: 0, changed: [1], loads: false });
    expect(record(log, 1).checks).toHaveLength(1);
  });
});

describe('pending', () => {
  it('has the oldest first, also what is to be judged again', () => {
    const log = logOf(call(1), call(2), call(3));
    for (const index of [0, 1]) log.verdict(index, VALID);
    expect(log.pending()).toEqual([2]);
    log.verdict(0, { verdict: 'pending', errors: [] });
    expect(log.pending()).toEqual([0, 2]);
    log.verdict(7, VALID);
  });
});

describe('clear', () => {
  it('empties the log, and takes up where it was', () => {
    const log = logOf(page(1, 'begin'), call(2), call(3));
    log.ingest(envelope([page(1, 'begin', { at: AT + 5 }), page(2, 'hide')], { load: 'gone', frame: 7 }));
    log.drain();
    log.clear();
    expect(log.records).toEqual([]);
    expect(log.pending()).toEqual([]);
    expect(log.loads.map(({ load, records }) => [load, records])).toEqual([['load1', 0]]);
    expect(log.sessions()).toMatchObject([{ session: SESSION, records: 0 }]);
    expect(log.drain()).toEqual({ added: 0, changed: [], loads: true });
    expect(log.ingest(envelope([call(3), send(4, [2]), call(5)]))).toBe(5);
    expect(log.records.map(({ id }) => id)).toEqual(['load1/5']);
    expect(record(log).delivery.state).toBe('queued');
  });
});

describe('many facts', () => {
  /** Answers the time of the processor, in milliseconds. */
  function ingest(count: number): number {
    const event = eventOf({ text: 'x'.repeat(200) });
    const body = JSON.stringify(event);
    const texts = Array.from({ length: count / 2 }, (_, i) => [
      JSON.stringify(call(2 * i + 1, { event })),
      JSON.stringify(send(2 * i + 2, i % 2 ? [2 * i + 1] : [], { body })),
    ]).flat();
    const log = createLog();
    const start = process.cpuUsage();
    for (let i = 0; i < count; i += 50) {
      log.ingest(envelope(texts.slice(i, i + 50)));
      for (const note of status(event, 202, `r${i}`)) log.note(note);
      log.drain();
    }
    const { user, system } = process.cpuUsage(start);
    expect(log.records).toHaveLength(count / 2);
    expect(log.records.every(({ delivery }) => delivery.sentAt !== null)).toBe(true);
    return (user + system) / 1_000;
  }

  // Ten times where each fact is looked at once, a hundred times where each goes through all the others.
  it('cost as much each as few', () => {
    ingest(1_000);
    const best = (count: number) => Math.min(...[1, 2, 3].map(() => ingest(count)));
    expect(best(3_000) / best(300)).toBeLessThan(50);
  });
});
