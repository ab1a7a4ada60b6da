import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/log/decide.ts';
import type { CallFact, ObjectFacts, StreamFacts } from '../../../src/record/facts.ts';
import { call, eventOf, INTAKE, PAGEVIEW, SESSION } from './facts.ts';

type Fields = Parameters<typeof call>[1];
const dropped = (fields: Fields) => decide(call(1, { seen: 'dropped', ...fields }));
const stream = (fields: Partial<StreamFacts>): StreamFacts => ({ configured: true, intake: INTAKE, ...fields });
const session = (rate: number) => ({ unit: 'session', rate });

describe('EventLogging', () => {
  it('accepts', () => {
    expect(decide(call(1))).toEqual({
      state: 'accepted',
      reason: null,
      answer: null,
      agrees: true,
      sampling: { unit: null, id: null, value: null, rate: null, inSample: true },
    });
  });

  it.each<[string, Fields]>([
    ['no-schema', { event: { action: 'click' }, schema: undefined as never }],
    ['no-schema', { event: undefined as never, schema: undefined as never }],
    ['no-action', { api: 'submitInteraction', event: { $schema: '/a/1.0.0' } }],
    ['no-schema', { api: 'submitInteraction', action: 'click', event: { action: 'click' }, schema: '' }],
    ['stream-not-configured', { streamFacts: stream({ configured: false }) }],
    ['invalid-sample', { streamFacts: stream({ sample: session(0) }) }],
    ['unknown-unit', { streamFacts: stream({ sample: { unit: 'device', rate: 0.5 } }) }],
    ['out-of-sample', { streamFacts: stream({ sample: session(0.2) }), id: SESSION }],
    ['redirect-target-not-configured', { streamFacts: stream({ redirect: 'x', redirectConfigured: false }) }],
    ['no-intake-url', { streamFacts: stream({ intake: false }) }],
    ['no-intake-url', { streamFacts: stream({ intake: '' }) }],
    ['url-too-long', { api: 'logEvent', schema: undefined as never, event: { x: 'ä'.repeat(400) } }],
    [
      'no-intake-url',
      { api: 'logEvent', schema: undefined as never, event: {}, streamFacts: stream({ intake: false }) },
    ],
  ])('drops: %s', (reason, fields) => {
    expect(dropped(fields)).toMatchObject({ state: 'dropped', reason, agrees: true });
    expect(decide(call(1, fields))).toMatchObject({ state: 'accepted', reason: null, agrees: false });
  });

  it('drops a legacy event that is only just too long, and is not surprised by one that is not', () => {
    const legacy = { api: 'logEvent', schema: undefined as never, event: { x: 1 } };
    expect(dropped(legacy)).toMatchObject({ reason: 'url-too-long', agrees: true });
    expect(decide(call(1, legacy))).toMatchObject({ state: 'accepted', agrees: true });
  });

  it('goes on with what a Schema#log in sample tracks: its address may be too long', () => {
    const log: Fields = { api: 'Schema#log', population: 1, schema: undefined as never, event: { x: 'ä'.repeat(400) } };
    expect(dropped(log)).toMatchObject({ reason: 'url-too-long', agrees: true });
    expect(dropped({ ...log, population: 2, id: '1'.repeat(20) })).toMatchObject({
      reason: 'out-of-sample',
      agrees: true,
    });
    expect(decide(call(1, { ...log, event: {} }))).toMatchObject({ state: 'accepted', reason: null, agrees: true });
  });

  it('has no name for what a stream leaves out by its curation, and does not redirect what is dispatched', () => {
    expect(dropped({ api: 'dispatch' })).toMatchObject({ reason: null, agrees: true });
    const moved = stream({ redirect: 'x', redirectConfigured: false });
    expect(decide(call(1, { api: 'dispatch', streamFacts: moved }))).toMatchObject({ state: 'accepted', agrees: true });
  });

  it('asks in the order of the code: the first reason is the reason', () => {
    const last: Partial<StreamFacts> = { redirect: 'x', redirectConfigured: false, intake: false };
    expect(dropped({ streamFacts: stream(last) }).reason).toBe('redirect-target-not-configured');
    expect(dropped({ streamFacts: stream({ ...last, sample: session(0) }) }).reason).toBe('invalid-sample');
    expect(dropped({ streamFacts: stream({ ...last, configured: false }) }).reason).toBe('stream-not-configured');
    const none = { event: {}, schema: '', streamFacts: stream({ ...last, configured: false }) };
    expect(dropped(none).reason).toBe('no-schema');
    expect(dropped({ ...none, api: 'submitInteraction' }).reason).toBe('no-action');
    expect(dropped({ ...none, api: 'submitInteraction', action: 'click' }).reason).toBe('stream-not-configured');
  });

  it('says nothing of the sampling where the client did not come to it', () => {
    expect(dropped({ streamFacts: stream({ configured: false, sample: session(1) }) }).sampling).toBeNull();
  });

  it('gives the sampling behind the decision', () => {
    expect(dropped({ streamFacts: stream({ sample: session(0.2) }), id: SESSION }).sampling).toEqual({
      unit: 'session',
      id: SESSION,
      value: 0.5000000001164153,
      rate: 0.2,
      inSample: false,
    });
  });

  it('samples by the ids of the page where the client was not seen to read one', () => {
    const pageview = { unit: 'pageview', rate: 0.2 };
    expect(decide(call(1, { streamFacts: stream({ sample: pageview }) })).sampling).toMatchObject({
      id: PAGEVIEW,
      inSample: true,
    });
  });

  it('follows what was seen, and says so, where the client does not keep to its rules', () => {
    const sampled = { streamFacts: stream({ sample: session(0.2) }), id: SESSION };
    expect(decide(call(1, sampled))).toMatchObject({ state: 'accepted', reason: null, agrees: false });
    expect(dropped({})).toMatchObject({ state: 'dropped', reason: null, agrees: false });
    expect(decide(call(1, { seen: 'threw', error: 'boom' }))).toMatchObject({ reason: 'threw', agrees: false });
  });

  it('claims no disagreement where the facts do not suffice', () => {
    const unknown = { streamFacts: undefined as never };
    expect(decide(call(1, unknown))).toMatchObject({ state: 'accepted', agrees: true });
    expect(dropped(unknown)).toMatchObject({ state: 'dropped', reason: null, agrees: true });
    const noId = { streamFacts: stream({ sample: session(0.5) }), session: undefined as never };
    expect(decide(call(1, noId))).toMatchObject({ agrees: true, sampling: { id: null, inSample: true } });
    expect(dropped(noId)).toMatchObject({ reason: 'out-of-sample', agrees: true, sampling: { inSample: false } });
    expect(decide(call(1, { ...noId, seen: 'threw' }))).toMatchObject({ reason: 'threw', agrees: true });
  });

  it('waits for the subscriber of mw.track', () => {
    expect(decide(call(1, { api: 'track', seen: 'waiting', event: {} }))).toMatchObject({
      state: 'waiting',
      reason: 'waiting-for-subscriber',
      agrees: true,
    });
  });

  it.each([
    ['in', session(0.2), false, 'accepted', null],
    ['in', session(0), false, 'accepted', null],
    ['in', session(0.6), true, 'accepted', null],
    ['out', session(0.6), true, 'dropped', 'out-of-sample'],
    ['out', session(0.2), false, 'dropped', 'out-of-sample'],
  ] as const)('forced %s, with %j', (sample, config, naturallyIn, seen, reason) => {
    const decision = decide(
      call(1, {
        seen,
        id: SESSION,
        streamFacts: stream({ sample: config }),
        override: { rules: [{ stream: 'my.stream', sample }], forced: true, naturallyIn },
      }),
    );
    expect(decision).toMatchObject({ state: seen, reason, agrees: true });
    expect(decision.sampling).toMatchObject({ rate: config.rate, inSample: sample === 'in' });
  });

  it('notices a rule that was not obeyed', () => {
    const override = { rules: [{ stream: 'my.stream', sample: 'in' }], forced: true, naturallyIn: false };
    const sampled = { id: SESSION, streamFacts: stream({ sample: session(0.2) }), override };
    expect(dropped(sampled)).toMatchObject({ state: 'dropped', reason: null, agrees: false });
  });
});

describe('Test Kitchen', () => {
  const object = (facts: Partial<ObjectFacts>, fields: Partial<CallFact> = {}) =>
    call(1, {
      client: 'test-kitchen',
      api: 'send',
      streamFacts: undefined as never,
      instrument: 'my-instrument',
      objectFacts: { object: 'instrument', configured: true, ...facts },
      ...fields,
    });
  const experiment = (facts: Partial<ObjectFacts>, fields: Partial<CallFact> = {}) =>
    object(
      { object: 'experiment', ...facts },
      { seen: 'dropped', instrument: undefined as never, experiment: 'my-experiment', ...fields },
    );

  it('accepts an instrument in sample', () => {
    expect(decide(object({ sample: session(0.6) }))).toMatchObject({
      state: 'accepted',
      agrees: true,
      sampling: { unit: 'session', rate: 0.6, inSample: true },
    });
  });

  it.each<[string, Partial<ObjectFacts>]>([
    ['unknown-instrument', { configured: false }],
    ['out-of-sample', { sample: session(0.2) }],
    ['unknown-unit', { sample: {} }],
  ])('drops what an unsampled instrument is sent: %s', (reason, facts) => {
    const fact = object({ object: 'unsampled-instrument', ...facts }, { seen: 'dropped' });
    expect(decide(fact)).toMatchObject({ state: 'dropped', reason, agrees: true });
  });

  it('does not guess for an object that it saw nobody get', () => {
    const fact = object({ object: 'unsampled-instrument', configured: false }, { seen: 'dropped' });
    expect(decide({ ...fact, instrument: undefined as never })).toMatchObject({ reason: null, agrees: true });
  });

  it.each<[boolean, Partial<ObjectFacts>]>([
    [true, { object: 'instrument', sample: session(0.6) }],
    [true, { object: 'unsampled-instrument', sample: session(0.2) }],
    [false, { object: 'instrument', sample: session(0.2) }],
    [false, { object: 'unsampled-instrument', sample: session(0.6) }],
    [true, { object: 'unsampled-instrument', configured: false }],
  ])('answers getInstrument, agrees: %s, for %j', (agrees, facts) => {
    const answer = { inSample: facts.object === 'instrument' };
    const fact = object(facts, { api: 'getInstrument', seen: 'answered', answer, event: undefined as never });
    expect(decide(fact)).toMatchObject({ state: 'answered', reason: null, answer, agrees });
  });

  it('answers getExperiment', () => {
    const fact = experiment({}, { api: 'getExperiment', seen: 'answered', answer: { group: 'control' } });
    expect(decide(fact)).toMatchObject({
      state: 'answered',
      answer: { group: 'control' },
      agrees: true,
      sampling: null,
    });
  });

  it.each<[string, Partial<ObjectFacts>, Partial<CallFact>?]>([
    ['not-enrolled', { object: 'unenrolled-experiment', group: null }],
    ['experiment-not-configured', { object: 'unenrolled-experiment', configured: false, group: 'control' }],
    ['not-visible-to-compat', { object: 'unenrolled-experiment', compat: true, inHeader: true, group: null }],
    ['enrollment-overridden', { object: 'overridden-experiment' }],
    ['cookies-disabled', { cookieEnabled: false }],
    ['exposure-already-sent', { cookieEnabled: true }, { api: 'sendExposure' }],
    ['cookies-disabled', { cookieEnabled: false }, { api: 'sendExposure' }],
  ])('an experiment is silent: %s', (reason, facts, fields) => {
    expect(decide(experiment(facts, fields))).toMatchObject({ state: 'dropped', reason, agrees: true });
  });

  it('an experiment speaks', () => {
    for (const api of ['send', 'sendExposure']) {
      const fact = experiment({ cookieEnabled: true }, { api, seen: 'accepted', event: eventOf() });
      expect(decide(fact)).toMatchObject({ state: 'accepted', reason: null, agrees: true });
    }
    expect(decide(experiment({}))).toMatchObject({ state: 'dropped', reason: null, agrees: false });
  });
});
