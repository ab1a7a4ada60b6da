import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERDICTS } from '../../../src/record/lists.ts';
import { createDraft } from '../../../src/validation/draft.ts';
import type { Engine, StreamConfigs } from '../../../src/validation/types.ts';
import { createValidator } from '../../../src/validation/validator.ts';
import { startEngine } from './engine.ts';
import { STREAMS, click, event, repository } from './subjects.ts';

describe('the verdict', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  }, 30_000);
  afterAll(() => engine.close());
  const validator = () => createValidator({ engine, repositories: [repository] });

  it('is valid for an event as a client sends it: meta.dt and meta.id are the intake’s to fill in', async () => {
    const sent = click();
    const before = structuredClone(sent);
    expect(await validator().verdict(sent, STREAMS)).toEqual({ verdict: 'valid', errors: [] });
    expect(sent).toEqual(before);
  });

  it('lists errors in the intake’s words, with JSON Pointers', async () => {
    const verdict = await validator().verdict(
      click({ count: 1.5, 'a/b': 1, meta: { stream: 'my.click', dt: 'x' } }),
      STREAMS,
    );
    expect(verdict).toEqual({
      verdict: 'invalid',
      fell: { step: 'validation', path: null },
      errors: [
        {
          instancePath: '',
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          message: 'should NOT have additional properties',
          params: { additionalProperty: 'a/b' },
          at: '/a~1b',
          expected: false,
          actual: 1,
        },
        {
          instancePath: '/meta/dt',
          schemaPath: '#/properties/meta/properties/dt/format',
          keyword: 'format',
          message: 'should match format "date-time"',
          params: { format: 'date-time' },
          at: '/meta/dt',
          expected: 'date-time',
          actual: 'x',
        },
        {
          instancePath: '/count',
          schemaPath: '#/properties/count/type',
          keyword: 'type',
          message: 'should be integer',
          params: { type: 'integer' },
          at: '/count',
          expected: 'integer',
          actual: 1.5,
        },
      ],
    });
  });

  it('does not fill in dt, except for legacy schemas', async () => {
    const withoutDt = click();
    delete withoutDt['dt'];
    expect(await validator().verdict(withoutDt, STREAMS)).toMatchObject({
      verdict: 'invalid',
      errors: [{ keyword: 'required', params: { missingProperty: 'dt' } }],
    });
    const legacy = {
      $schema: '/analytics/legacy/thing/1.0.0',
      meta: { stream: 'my.thing' },
      client_dt: '2026-01-01T00:00:00Z',
    };
    expect(await validator().verdict(legacy, STREAMS)).toEqual({ verdict: 'valid', errors: [] });
  });

  const EXPERIMENT = { sampling_unit: 'edge-unique', subject_id: 'awaiting' };
  it.each<[string, unknown, StreamConfigs, string, RegExp]>([
    ['no event', null, STREAMS, 'none', /^$/],
    ['no $schema', { meta: { stream: 'my.click' } }, STREAMS, 'no-schema', /\$schema were missing/],
    ['a $schema that is no string', { ...click(), $schema: 5 }, STREAMS, 'no-schema', /\$schema/],
    ['an array', [click()], STREAMS, 'no-schema', /\$schema/],
    ['a string', 'x', STREAMS, 'no-schema', /\$schema/],
    ['no stream', { ...click(), meta: {} }, STREAMS, 'unknown-stream', /meta\.stream were missing/],
    ['an unknown stream', click({}, 'my.typo'), STREAMS, 'unknown-stream', /my\.typo is not a configured/],
    ['a stream that every object has', click({}, 'constructor'), STREAMS, 'unknown-stream', /constructor/],
    ['a stream for servers', click({}, 'my.internal'), STREAMS, 'unknown-stream', /eventgate-main/],
    [
      'a stream without a title',
      click({}, 'my.untitled'),
      STREAMS,
      'unauthorized-stream',
      /does not have a configured/,
    ],
    ['another stream’s schema', event('other', {}, 'my.click'), STREAMS, 'unauthorized-stream', /must be my\/click/],
    ['another stream’s unknown schema', event('gone', {}, 'my.click'), STREAMS, 'unauthorized-stream', /my\/gone/],
    ['an unknown schema', event('gone'), STREAMS, 'unknown-schema', /No schema \/my\/gone/],
    ['an unknown schema, streams unknown', event('gone'), null, 'unknown-schema', /No schema/],
    ['a way out', { ...click(), $schema: '/../../admin?x' }, null, 'unknown-schema', /not the address/],
    ['another host', { ...click(), $schema: '//evil' }, null, 'unknown-schema', /not the address/],
    ['a repository that is down', event('offline'), STREAMS, 'unavailable', /unavailable/],
    ['a page instead of a schema', event('html'), STREAMS, 'unreadable-schema', /not-yaml/],
    ['a schema too large', event('huge'), STREAMS, 'unreadable-schema', /too-large/],
    ['an insecure schema', event('insecure'), STREAMS, 'unreadable-schema', /not secure/],
    ['a remote $ref', event('broken'), STREAMS, 'unreadable-schema', /can't resolve reference/],
    [
      'a catastrophic pattern',
      event('evil', { a: `${'a'.repeat(50)}!` }),
      STREAMS,
      'unreadable-schema',
      /after 0\.5 s/,
    ],
    ['more than the queue takes', event('large', { a: 'x'.repeat(1 << 20) }), STREAMS, 'too-large', /1048576/],
    ['more than the queue takes, in bytes', event('large', { a: 'é'.repeat(600_000) }), STREAMS, 'too-large', /queue/],
    ['more than a body may have', event('large', { a: 'x'.repeat(10_000_001) }), STREAMS, 'too-large', /10000000/],
    ['too large, but invalid first', event('other', { a: 'x'.repeat(1 << 20) }), null, 'invalid', /^$/],
    ['edge-uniques', event('experiment', { experiment: EXPERIMENT }), STREAMS, 'valid', /^$/],
    [
      'edge-uniques to a stream without',
      event('experiment', { experiment: EXPERIMENT }, 'my.noedge'),
      STREAMS,
      'hoisting-failed',
      /use_edge/,
    ],
    [
      'a subject id of its own',
      event('experiment', { experiment: { ...EXPERIMENT, subject_id: 'me' } }),
      STREAMS,
      'hoisting-failed',
      /'awaiting'/,
    ],
  ])('%s', async (_, given, streams, verdict, cause) => {
    const answer = await validator().verdict(JSON.parse(JSON.stringify(given)), streams);
    expect({ ...answer, errors: [] }).toMatchObject({ verdict });
    expect(answer.cause ?? '').toMatch(cause);
    expect(VERDICTS).toContain(answer.verdict);
  });

  it.each<[string, unknown, unknown]>([
    ['$schema', { meta: { stream: 'my.click' } }, { step: '$schema', path: '/$schema' }],
    ['stream', click({}, 'my.typo'), { step: 'stream', path: '/meta/stream', actual: 'my.typo' }],
    [
      'schema title',
      event('other', {}, 'my.click'),
      { step: 'schema-title', path: '/$schema', expected: 'my/click', actual: '/my/other/1.0.0' },
    ],
    [
      'hoisting',
      event('experiment', { experiment: { ...EXPERIMENT, subject_id: 'me' } }),
      { step: 'hoisting', path: '/experiment/subject_id', expected: 'awaiting', actual: 'me' },
    ],
    [
      'hoisting, by its stream',
      event('experiment', { experiment: EXPERIMENT }, 'my.noedge'),
      { step: 'hoisting', path: '/meta/stream', actual: 'my.noedge' },
    ],
    ['schema', event('gone'), { step: 'schema', path: '/$schema', actual: '/my/gone/1.0.0' }],
    ['compilation', event('broken'), { step: 'compilation', path: '/$schema', actual: '/my/broken/1.0.0' }],
    [
      'message',
      event('large', { a: 'x'.repeat(1 << 20) }),
      { step: 'message', path: null, expected: 1 << 20, actual: expect.any(Number) },
    ],
    [
      'body',
      event('large', { a: 'x'.repeat(10_000_001) }),
      { step: 'body', path: null, expected: 10_000_000, actual: expect.any(Number) },
    ],
  ])('says that it fell at %s, what was expected and what was there', async (_, given, fell) => {
    expect((await validator().verdict(JSON.parse(JSON.stringify(given)), STREAMS)).fell).toEqual(fell);
  });

  it('cuts what is long, and says nothing of what is not there', async () => {
    const { errors } = await validator().verdict(
      click({ count: 'x'.repeat(1_000), meta: { stream: 'my.click', id: 5 } }),
      STREAMS,
    );
    expect(errors).toMatchObject([
      { at: '/meta/id', expected: 'string', actual: 5 },
      { at: '/count', expected: 'integer', actual: `${'x'.repeat(120)}…` },
    ]);
    const without = await validator().verdict({ $schema: '/my/click/1.0.0', meta: { stream: 'my.click' } }, STREAMS);
    expect(without.errors[0]).toMatchObject({ keyword: 'required', at: '', expected: 'dt' });
    expect(without.errors[0]).not.toHaveProperty('actual');
  });

  it('takes events as received where told so', async () => {
    const asReceived = createValidator({ engine, repositories: [repository], asReceived: true });
    expect(await asReceived.verdict(click({}, 'my.typo'), STREAMS)).toMatchObject({
      verdict: 'invalid',
      errors: [{ instancePath: '/meta', params: { missingProperty: 'dt' } }],
    });
  });

  it('judges the events of a stream by the draft that is bound to it', async () => {
    const draft = createDraft(
      JSON.stringify({ title: 'my/click', properties: { action: { enum: ['x'] } } }),
      { stream: 'my.click' },
      {
        parse: async text => JSON.parse(text),
        others: [],
      },
    );
    const bound = createValidator({ engine, repositories: [repository], drafts: [draft] });
    expect(await bound.verdict(click(), STREAMS)).toMatchObject({
      verdict: 'invalid',
      errors: [{ at: '/action', expected: ['x'] }],
    });
    expect(await bound.verdict(click(), null)).toMatchObject({ verdict: 'invalid' });
    expect(await validator().verdict(click(), STREAMS)).toMatchObject({ verdict: 'valid' });
  });

  it('takes events for servers where told so', async () => {
    const any = createValidator({ engine, repositories: [repository], services: null });
    expect(await any.verdict(click({}, 'my.internal'), STREAMS)).toMatchObject({ verdict: 'valid' });
  });

  it('gives up on a schema after three events at their limit, and on no other', async () => {
    const one = validator();
    const evil = () => one.verdict(event('evil', { a: `${'a'.repeat(50)}!` }), STREAMS);
    for (let i = 0; i < 3; i++) expect((await evil()).cause).toMatch(/after 0\.5 s/);
    const began = performance.now();
    expect(await evil()).toMatchObject({
      verdict: 'unreadable-schema',
      cause: expect.stringMatching(/a limit 3 times/),
    });
    expect(performance.now() - began).toBeLessThan(400);
    expect(await one.verdict(click(), STREAMS)).toMatchObject({ verdict: 'valid' });
  });

  it('survives an event that cannot be written', async () => {
    const deep = JSON.parse(`{"$schema":"/my/click/1.0.0","a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`);
    expect(await validator().verdict(deep, null)).toMatchObject({
      verdict: 'unavailable',
      cause: expect.stringMatching(/deep/),
    });
  });
});
