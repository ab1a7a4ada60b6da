import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/record/record.ts';
import { VERDICTS } from '../../../src/record/lists.ts';
import type {
  Compiled,
  Engine,
  Judged,
  Repository,
  SchemaAnswer,
  StreamConfigs,
} from '../../../src/validation/types.ts';
import { createValidator } from '../../../src/validation/validator.ts';
import { startEngine } from './engine.ts';

const TEXT = { type: 'string', maxLength: 128 };
const TIME = { ...TEXT, format: 'date-time' };
const META = {
  type: 'object',
  properties: { stream: { ...TEXT, minLength: 1 }, dt: TIME, id: TEXT, domain: TEXT },
  required: ['stream', 'dt'],
};
const schema = (title: string, more: JsonObject = {}, required: string[] = []): JsonObject => ({
  $schema: 'https://json-schema.org/draft-07/schema#',
  $id: `/${title}/1.0.0`,
  title,
  type: 'object',
  properties: { $schema: TEXT, meta: META, dt: TIME, ...more },
  required: ['$schema', 'meta', ...required],
  additionalProperties: false,
});

const SCHEMAS: { [uri: string]: JsonObject } = {
  '/my/click/1.0.0': schema('my/click', { action: TEXT, count: { type: 'integer' } }, ['dt', 'action']),
  '/my/other/1.0.0': schema('my/other'),
  '/analytics/legacy/thing/1.0.0': schema('analytics/legacy/thing', { client_dt: TIME }, ['dt']),
  '/my/insecure/1.0.0': schema('my/insecure', { a: { type: 'string', pattern: 'a' } }),
  '/my/broken/1.0.0': schema('my/broken', { a: { $ref: 'https://evil.example/x' } }),
  '/my/evil/1.0.0': schema('my/evil', { a: { type: 'string', maxLength: 1_000, pattern: '^(a+)+$' } }),
  '/my/large/1.0.0': schema('my/large', { a: { type: 'string' } }),
  '/my/experiment/1.0.0': schema('my/experiment', { experiment: { type: 'object' } }),
};

const repository: Repository = {
  name: 'here',
  async read(uri): Promise<SchemaAnswer> {
    const failure = (reason: (SchemaAnswer & { found: false })['reason']): SchemaAnswer => ({
      found: false,
      reason,
      message: `${uri}: ${reason}`,
    });
    if (uri.startsWith('/my/offline/')) return failure('unavailable');
    if (uri.startsWith('/my/html/')) return failure('not-yaml');
    if (uri.startsWith('/my/huge/')) return failure('too-large');
    const found = SCHEMAS[uri];
    return found ? { found: true, schema: found, repository: 'here' } : failure('not-found');
  },
};

const external = (schema_title: string, more: JsonObject = {}): JsonObject => ({
  schema_title,
  destination_event_service: 'eventgate-analytics-external',
  ...more,
});
const STREAMS: StreamConfigs = {
  'my.click': external('my/click'),
  'my.thing': external('analytics/legacy/thing'),
  'my.insecure': external('my/insecure'),
  'my.broken': external('my/broken'),
  'my.evil': external('my/evil'),
  'my.large': external('my/large'),
  'my.offline': external('my/offline'),
  'my.html': external('my/html'),
  'my.huge': external('my/huge'),
  'my.gone': external('my/gone'),
  'my.internal': { schema_title: 'my/click', destination_event_service: 'eventgate-main' },
  'my.untitled': { destination_event_service: 'eventgate-analytics-external' },
  'my.experiment': external('my/experiment', { producers: { eventgate: { use_edge_uniques: true } } }),
  'my.noedge': external('my/experiment'),
};

const event = (name: string, more: JsonObject = {}, stream = `my.${name}`): JsonObject => ({
  $schema: `/my/${name}/1.0.0`,
  meta: { stream, domain: 'wiki.example' },
  ...more,
});
const click = (more: JsonObject = {}, stream?: string) =>
  event('click', { dt: '2026-11-23T21:17:33.154Z', action: 'click', ...more }, stream);

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

describe('the verdict’s work', () => {
  /** An engine that notes what it is asked. */
  function fake(compile: () => Promise<Compiled>, judge: () => Promise<Judged>) {
    const calls: string[] = [];
    const engine: Engine = {
      compile: uri => (calls.push(`compile ${uri}`), compile()),
      judge: uri => (calls.push(`judge ${uri}`), judge()),
      close: () => undefined,
    };
    return { calls, engine };
  }
  const OK: Judged = { ok: true, valid: true, errors: [], omitted: 0 };

  it('compiles a schema once for concurrent events', async () => {
    const { calls, engine } = fake(
      async () => ({ ok: true }),
      async () => OK,
    );
    const one = createValidator({ engine, repositories: [repository] });
    await Promise.all(Array.from({ length: 20 }, () => one.verdict(click(), STREAMS)));
    expect(calls.filter(call => call.startsWith('compile'))).toHaveLength(1);
    expect(calls).toHaveLength(21);
  });

  it('compiles again what the engine lost, once for all that wait', async () => {
    const lost: Judged = { ok: false, reason: 'not-compiled', message: '' };
    const answers = [lost, lost, lost];
    const { calls, engine } = fake(
      async () => ({ ok: true }),
      async () => answers.shift() ?? OK,
    );
    const one = createValidator({ engine, repositories: [repository] });
    const verdicts = await Promise.all(Array.from({ length: 3 }, () => one.verdict(click(), STREAMS)));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid']);
    expect(calls.filter(call => call.startsWith('compile'))).toHaveLength(2);
  });

  it('does not go on for ever with an engine that keeps nothing', async () => {
    const { engine } = fake(
      async () => ({ ok: true }),
      async () => ({ ok: false, reason: 'not-compiled', message: '' }),
    );
    const one = createValidator({ engine, repositories: [repository] });
    expect(await one.verdict(click(), STREAMS)).toMatchObject({ verdict: 'unavailable' });
  });

  it('is unavailable while the engine cannot run, and not after', async () => {
    let broken = true;
    const { engine } = fake(
      async () => {
        if (broken) throw new Error('WebAssembly is blocked');
        return { ok: true };
      },
      async () => OK,
    );
    const one = createValidator({ engine, repositories: [repository] });
    expect(await one.verdict(click(), STREAMS)).toMatchObject({
      verdict: 'unavailable',
      cause: expect.stringContaining('WebAssembly is blocked'),
    });
    broken = false;
    expect(await one.verdict(click(), STREAMS)).toMatchObject({ verdict: 'valid' });
  });

  it('reads 50 schemas for a page load, and more for the next', async () => {
    const asked: string[] = [];
    const endless: Repository = {
      name: 'endless',
      async read(uri) {
        asked.push(uri);
        return { found: false, reason: 'not-found', message: '' };
      },
    };
    const { engine } = fake(
      async () => ({ ok: true }),
      async () => OK,
    );
    const one = createValidator({ engine, repositories: [endless] });
    const of = (i: number) => ({ ...click(), $schema: `/endless/1.0.${i}` });
    for (let i = 0; i < 60; i++) await one.verdict(of(i), null, 'load-1');
    expect(asked).toHaveLength(50);
    expect(await one.verdict(of(99), null, 'load-1')).toMatchObject({
      verdict: 'unavailable',
      cause: expect.stringMatching(/more than 50/),
    });
    expect(await one.verdict(of(0), null, 'load-1')).toMatchObject({ verdict: 'unknown-schema' });
    await one.verdict(of(99), null, 'load-2');
    expect(asked).toHaveLength(51);
  });
});
