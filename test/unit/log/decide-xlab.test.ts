/**
 * The rules of xLab's experiments and instruments, which Test Kitchen had too until February 2026: first who is enrolled,
 * then the library's for the stream (mediawiki-extensions-MetricsPlatform modules/ext.xLab, EventLogging near 2025-10
 * modules/lib/metrics-platform).
 */

import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/log/decide.ts';
import type { CallFact, ObjectFacts, StreamFacts } from '../../../src/record/facts.ts';
import { call, INTAKE, SESSION } from './facts.ts';

type Fields = Parameters<typeof call>[1];

const CLIENTS = ['xlab', 'test-kitchen'] as const;
const STREAM = 'product_metrics.web_base';
const SCHEMA = '/analytics/product_metrics/web/base/1.5.0';
const stream = (fields: Partial<StreamFacts> = {}): StreamFacts => ({ configured: true, intake: INTAKE, ...fields });
const object = (of: ObjectFacts['object'], group: string | null): ObjectFacts => ({
  object: of,
  configured: null,
  group,
  cookieEnabled: true,
});

const ENROLLED: Fields = {
  api: 'send',
  experiment: 'one',
  action: 'click',
  stream: STREAM,
  schema: SCHEMA,
  objectFacts: object('experiment', 'treatment'),
  streamFacts: stream(),
};

/** A call that the client was seen to drop, with nothing known of the event that it did not build. */
const dropped = (client: CallFact['client'], fields: Fields) =>
  decide(call(1, { client, event: undefined as never, seen: 'dropped', ...fields }));

describe.each(CLIENTS)('experiments of %s', client => {
  it('sends, where the reader is enrolled and the stream in sample', () => {
    expect(decide(call(1, { client, ...ENROLLED }))).toMatchObject({ state: 'accepted', reason: null, agrees: true });
    expect(dropped(client, ENROLLED)).toMatchObject({ state: 'dropped', reason: null, agrees: false });
  });

  it.each<[string, Fields]>([
    ['not-enrolled', { objectFacts: object('unenrolled-experiment', null), streamFacts: undefined as never }],
    [
      'enrollment-overridden',
      { objectFacts: object('overridden-experiment', 'treatment'), streamFacts: undefined as never },
    ],
    ['no-action', { action: undefined as never }],
    ['stream-not-configured', { streamFacts: stream({ configured: false }) }],
    ['no-schema', { schema: '' }],
    ['invalid-sample', { streamFacts: stream({ sample: { unit: 'session', rate: 0 } }) }],
    ['unknown-unit', { streamFacts: stream({ sample: { unit: 'device', rate: 1 } }) }],
    ['out-of-sample', { streamFacts: stream({ sample: { unit: 'session', rate: 0.5 } }), id: SESSION }],
    ['redirect-target-not-configured', { streamFacts: stream({ redirect: 'x', redirectConfigured: false }) }],
  ])('drops: %s', (reason, fields) => {
    expect(dropped(client, { ...ENROLLED, ...fields })).toMatchObject({ state: 'dropped', reason, agrees: true });
    const accepted = decide(call(1, { client, ...ENROLLED, event: undefined as never, ...fields }));
    expect(accepted).toMatchObject({ state: 'accepted', reason: null, agrees: false });
  });

  it('asks who is enrolled before it asks for the stream, and for the stream before the sampling', () => {
    const nowhere = stream({ configured: false, sample: { unit: 'device', rate: 1 } });
    const fields = { ...ENROLLED, streamFacts: nowhere };
    expect(dropped(client, fields)).toMatchObject({ reason: 'stream-not-configured', sampling: null });
    const unenrolled = { ...fields, objectFacts: object('unenrolled-experiment', null) };
    expect(dropped(client, unenrolled)).toMatchObject({ reason: 'not-enrolled', sampling: null });
  });

  it('answers a question for a group, and agrees', () => {
    const fields = { api: 'getExperiment', seen: 'answered' as const, streamFacts: undefined as never };
    expect(decide(call(1, { client, ...ENROLLED, ...fields, answer: { group: 'treatment' } }))).toMatchObject({
      state: 'answered',
      answer: { group: 'treatment' },
      agrees: true,
    });
  });
});

describe.each(CLIENTS)('instruments of %s', client => {
  const CLICK: Fields = {
    api: 'submitInteraction',
    instrument: 'one',
    stream: 'one',
    schema: SCHEMA,
    action: 'click',
    streamFacts: stream({ redirect: STREAM, redirectConfigured: true, sample: { unit: 'session', rate: 1 } }),
  };

  it('sends to the stream that the instrument names', () => {
    expect(decide(call(1, { client, ...CLICK }))).toMatchObject({ state: 'accepted', agrees: true });
  });

  it.each<[string, Fields]>([
    ['unknown-instrument', { streamFacts: stream({ configured: false }) }],
    ['no-action', { action: undefined as never }],
    ['invalid-sample', { streamFacts: stream({ sample: { unit: 'session', rate: 2 } }) }],
    ['redirect-target-not-configured', { streamFacts: stream({ redirect: 'x', redirectConfigured: false }) }],
  ])('drops: %s', (reason, fields) => {
    expect(dropped(client, { ...CLICK, ...fields })).toMatchObject({ state: 'dropped', reason, agrees: true });
  });

  it('says whether it is in sample', () => {
    const asked = { ...CLICK, api: 'isEnabled', seen: 'answered' as const };
    const known = decide(call(1, { client, ...asked, answer: { inSample: true } }));
    expect(known).toMatchObject({ answer: { inSample: true }, agrees: true, sampling: { inSample: true } });
    const unknown = { ...asked, streamFacts: stream({ configured: false }), answer: { inSample: false } };
    expect(decide(call(1, { client, ...unknown }))).toMatchObject({ answer: { inSample: false }, agrees: true });
  });
});
