import { describe, expect, it } from 'vitest';
import { call, context, envelope, eventOf, page, SCHEMA, send, SESSION } from './facts.ts';
import { logOf, record, VALID } from './logs.ts';

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
