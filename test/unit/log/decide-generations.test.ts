/** Decisions of the older generations and of the standalone client. */

import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/log/decide.ts';
import type { StreamFacts } from '../../../src/record/facts.ts';
import { call, INTAKE } from './facts.ts';

type Fields = Parameters<typeof call>[1];
const dropped = (fields: Fields) => decide(call(1, { seen: 'dropped', ...fields }));
const answered = (fields: Fields) => decide(call(1, { seen: 'answered', event: undefined as never, ...fields }));
const stream = (fields: Partial<StreamFacts>): StreamFacts => ({ configured: true, intake: INTAKE, ...fields });
const NOTHING = { event: undefined as never, schema: undefined as never, stream: undefined as never };

describe('dispatch', () => {
  it('goes to no stream', () => {
    const fields: Fields = { ...NOTHING, api: 'dispatch', streamFacts: undefined as never };
    expect(dropped({ ...fields, matched: 0 })).toMatchObject({ reason: 'no-stream-for-event', agrees: true });
    expect(dropped({ ...fields, matched: 1 })).toMatchObject({ reason: null, agrees: true });
    expect(dropped(fields)).toMatchObject({ reason: null, agrees: true });
  });

  it('is decided for each stream as a submit is', () => {
    const fields: Fields = { api: 'dispatch', streamFacts: stream({ sample: { unit: 'session', rate: 0 } }) };
    expect(dropped(fields)).toMatchObject({ reason: 'invalid-sample', agrees: true });
  });
});

describe('the legacy sampling', () => {
  // 100 % 100 = 0, 101 % 100 = 1
  const IN = '00000064c0ffee00c0ff';
  const OUT = '00000065c0ffee00c0ff';

  it.each([
    ['sessionInSample', 'session'],
    ['pageviewInSample', 'pageview'],
    ['eventInSample', 'pageview'],
    ['inSample', 'pageview'],
    ['randomTokenMatch', null],
  ])('answers %s', (api, unit) => {
    const fields: Fields = { ...NOTHING, api, population: 100, answer: { inSample: true } };
    const sampling = { unit, value: null, rate: 0.01, population: 100 };
    expect(answered({ ...fields, id: IN })).toMatchObject({
      state: 'answered',
      reason: null,
      answer: { inSample: true },
      agrees: true,
      sampling: { ...sampling, id: IN, inSample: true },
    });
    expect(answered({ ...fields, id: OUT })).toMatchObject({
      agrees: false,
      sampling: { ...sampling, id: OUT, inSample: false },
    });
    expect(answered({ ...fields, id: OUT, answer: { inSample: false } })).toMatchObject({ agrees: true });
  });

  it('believes the client where the population is no number', () => {
    const fields: Fields = {
      ...NOTHING,
      api: 'sessionInSample',
      population: null,
      id: IN,
      answer: { inSample: false },
    };
    expect(answered(fields)).toMatchObject({ agrees: true, sampling: { rate: null, inSample: false } });
  });

  it('drops what Schema#log leaves out, and lets the rest wait for the subscriber', () => {
    const fields: Fields = { api: 'Schema#log', schema: undefined as never, population: 100 };
    expect(dropped({ ...fields, id: OUT })).toMatchObject({
      reason: 'out-of-sample',
      agrees: true,
      sampling: { unit: 'pageview', inSample: false },
    });
    expect(dropped({ ...fields, id: IN })).toMatchObject({ reason: null, agrees: false });
    expect(decide(call(1, { ...fields, id: IN, seen: 'waiting' }))).toMatchObject({
      state: 'waiting',
      reason: 'waiting-for-subscriber',
      agrees: true,
      sampling: { population: 100, inSample: true },
    });
  });
});

describe('the standalone client', () => {
  const client = 'metrics-client';

  it('waits for its stream configs, and loses what cannot wait', () => {
    const facts = stream({ configured: false, pending: true });
    expect(decide(call(1, { client, seen: 'waiting', streamFacts: facts }))).toMatchObject({
      state: 'waiting',
      reason: 'waiting-for-stream-configs',
    });
    const interaction: Fields = { client, api: 'submitInteraction', action: 'click', streamFacts: facts };
    expect(dropped(interaction)).toMatchObject({ reason: 'lost-before-stream-configs', agrees: true });
    expect(dropped({ ...interaction, streamFacts: stream({ configured: false }) }).reason).toBe(
      'stream-not-configured',
    );
  });

  it('drops the oldest of a full queue', () => {
    expect(dropped({ client, queueFull: true })).toMatchObject({ reason: 'queue-full', agrees: true });
  });

  it('throws where its page tells it no identifier', () => {
    const streamFacts = stream({ sample: { unit: 'session', rate: 0.5 } });
    const fields: Fields = { client, seen: 'threw', streamFacts, session: undefined as never };
    expect(decide(call(1, fields))).toMatchObject({ reason: 'threw', agrees: true });
  });
});

it('says that it did not see what became of a call made before it came', () => {
  const fields: Fields = { api: 'track', seen: 'unseen', schema: undefined as never };
  expect(decide(call(1, fields))).toMatchObject({ state: 'unknown', reason: null, agrees: true, sampling: null });
});
