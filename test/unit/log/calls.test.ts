import { describe, expect, it } from 'vitest';
import { AT, call, envelope, eventOf, INTAKE, page, PAGEVIEW, SCHEMA, send, SESSION, URL } from './facts.ts';
import { logOf, record, status, VALID } from './logs.ts';

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
