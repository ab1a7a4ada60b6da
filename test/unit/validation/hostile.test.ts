import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/validation/types.ts';
import { startEngine } from './engine.ts';

const FRIENDLY = JSON.stringify({ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] });
const PATTERN = (pattern: string) =>
  JSON.stringify({ properties: { a: { type: 'string', maxLength: 100_000, pattern } } });
const EVIL_TEXT = JSON.stringify({ a: `${'a'.repeat(60)}!` });
const range = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));
const nest = (open: string, close: string, depth: number, inner = '{}') =>
  open.repeat(depth) + inner + close.repeat(depth);
const properties = (count: number, schema: object) =>
  JSON.stringify({ properties: Object.fromEntries(range(count, i => [`property${i}`, schema])) });
const ref = (definitions: object, more: object = {}) =>
  JSON.stringify({ definitions, $ref: '#/definitions/a', ...more });

/** Each is stopped or refused, at compiling or at judging `event`. */
const STOPPED: { [name: string]: { schema: string; event?: string } } = {
  'nested quantifiers': { schema: PATTERN('^(a+)+$'), event: EVIL_TEXT },
  'overlapping alternatives': { schema: PATTERN('^(a|aa)+$'), event: EVIL_TEXT },
  'a polynomial pattern': { schema: PATTERN('(.*a){25}$'), event: EVIL_TEXT },
  'backreferences that explode': { schema: PATTERN('^(a+)+\\1+$'), event: EVIL_TEXT },
  'a schema 10,000 deep': { schema: nest('{"properties":{"a":', '}}', 10_000) },
  'allOf 10,000 deep': { schema: nest('{"allOf":[', ']}', 10_000) },
  'items 100,000 deep': { schema: nest('{"items":', '}', 100_000) },
  'an event 100,000 deep': { schema: '{}', event: nest('{"a":', '}', 100_000, '1') },
  'a $ref to itself': { schema: '{"allOf":[{"$ref":"#"}]}', event: '{}' },
  'a $ref cycle of two': {
    schema: ref({ a: { $ref: '#/definitions/b' }, b: { $ref: '#/definitions/a' } }),
    event: '{}',
  },
  'a $ref cycle through anyOf': {
    schema: ref({ a: { anyOf: [{ $ref: '#/definitions/b' }] }, b: { anyOf: [{ $ref: '#/definitions/a' }] } }),
    event: '{}',
  },
  '2 to the 30 branches by $ref': {
    schema: ref(
      Object.fromEntries([
        ['a', { $ref: '#/definitions/n30' }],
        ['n0', { type: 'string' }],
        ...range(30, i => [`n${i + 1}`, { allOf: [{ $ref: `#/definitions/n${i}` }, { $ref: `#/definitions/n${i}` }] }]),
      ]),
    ),
    event: '{}',
  },
  '5 MB of description': { schema: JSON.stringify({ description: 'x'.repeat(5 << 20) }) },
  '5 MB of properties': { schema: properties(150_000, { type: 'string' }) },
  '20,000 properties': { schema: properties(20_000, { type: 'string', minLength: 1 }) },
  'an enum of 150,000': { schema: JSON.stringify({ enum: range(150_000, i => `v${i}`) }) },
  'uniqueItems over 60,000 items': {
    schema: JSON.stringify({ properties: { a: { uniqueItems: true, maxItems: 1e9 } } }),
    event: JSON.stringify({ a: range(60_000, i => i) }),
  },
  'propertyNames with a catastrophic pattern': {
    schema: JSON.stringify({ propertyNames: { maxLength: 1_000, pattern: '^(a+)+$' } }),
    event: JSON.stringify({ [`${'a'.repeat(60)}!`]: 1 }),
  },
  'oneOf of 3,000 over 20,000 items': {
    schema: JSON.stringify({ items: { oneOf: range(3_000, i => ({ const: i })) } }),
    event: JSON.stringify(range(20_000, i => i)),
  },
  'a default of 1,000 properties in each of 100,000 items': {
    schema: JSON.stringify({
      items: { properties: { a: { default: Object.fromEntries(range(1_000, i => [`p${i}`, i])) } } },
    }),
    event: JSON.stringify(range(100_000, () => ({}))),
  },
};

/** Each is refused for what it is. */
const REFUSED: { [name: string]: { schema: string; reason: string } } = {
  'a remote $ref': { schema: '{"properties":{"a":{"$ref":"https://evil.example/x"}}}', reason: 'does-not-compile' },
  'a $ref to a file': { schema: '{"$ref":"file:///etc/passwd"}', reason: 'does-not-compile' },
  'a $ref to another schema': { schema: '{"$ref":"/friendly"}', reason: 'does-not-compile' },
  'a remote $schema': { schema: '{"$schema":"https://evil.example/draft"}', reason: 'does-not-compile' },
  'a pattern that is none': { schema: PATTERN('('), reason: 'does-not-compile' },
  'an unknown format': { schema: '{"properties":{"a":{"format":"x","maxLength":1}}}', reason: 'does-not-compile' },
  'a type that is none': { schema: '{"type":"thing"}', reason: 'does-not-compile' },
  'a pattern without maxLength': { schema: '{"properties":{"a":{"pattern":"a"}}}', reason: 'insecure' },
  'a pattern for names': { schema: '{"patternProperties":{"^(a+)+$":{}}}', reason: 'insecure' },
  'a format without maxLength': { schema: '{"properties":{"a":{"format":"date"}}}', reason: 'insecure' },
  'text that is not JSON': { schema: 'title: x', reason: 'does-not-compile' },
  'an array': { schema: '[]', reason: 'does-not-compile' },
  null: { schema: 'null', reason: 'does-not-compile' },
  'both $id and id': { schema: '{"$id":"/a","id":"/b"}', reason: 'does-not-compile' },
};

/** Names that would break out of generated code, or of an object, where they were not escaped. */
const NAMES = ['__proto__', 'constructor', 'toString', "a'];throw 1;//", '${1}', '\u2028', '*/', '\\', '"', ''];

describe('hostile schemas', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  }, 30_000);
  afterAll(() => engine.close());

  async function theNextVerdictWorks() {
    expect(await engine.compile('/friendly', FRIENDLY)).toEqual({ ok: true });
    expect(await engine.judge('/friendly', '{"a":"x"}')).toMatchObject({ ok: true, valid: true });
    expect(await engine.judge('/friendly', '{}')).toMatchObject({ ok: true, valid: false });
  }

  it.each(Object.entries(STOPPED))(
    '%s is stopped within 2 s',
    async (_, { schema, event }) => {
      await theNextVerdictWorks();
      const began = performance.now();
      const compiled = await engine.compile('/hostile', schema);
      const outcome = compiled.ok && event !== undefined ? await engine.judge('/hostile', event) : compiled;
      expect(performance.now() - began).toBeLessThan(2_000);
      expect(outcome).toMatchObject({ ok: false, reason: 'limit' });
      await theNextVerdictWorks();
    },
    30_000,
  );

  it.each(Object.entries(REFUSED))('%s is refused', async (_, { schema, reason }) => {
    expect(await engine.compile('/hostile', schema)).toMatchObject({ ok: false, reason });
    expect(await engine.judge('/hostile', '{}')).toMatchObject({ ok: false, reason: 'not-compiled' });
    await theNextVerdictWorks();
  });

  it.each(NAMES)('the property name %j is only a name', async name => {
    const schema = `{"properties":{${JSON.stringify(name)}:{"type":"string"}},"required":[${JSON.stringify(`${name}x`)}]}`;
    expect(await engine.compile('/name', schema)).toEqual({ ok: true });
    const judged = await engine.judge('/name', '{}');
    // Ajv 6 takes what an object inherits for a property, and so does the intake.
    const inherited = name in {} && name !== '__proto__' ? [{ instancePath: `/${name}`, keyword: 'type' }] : [];
    const missing = { keyword: 'required', params: { missingProperty: `${name}x` } };
    expect(judged).toMatchObject({ ok: true, valid: false, errors: [missing, ...inherited] });
    await theNextVerdictWorks();
  });

  it('knows nothing of the host', async () => {
    const escape = "a']; this.fetch || globalThis.process || require('fs');//";
    const schema = JSON.stringify({ properties: { [escape]: { type: 'string' } } });
    expect(await engine.compile('/escape', schema)).toEqual({ ok: true });
    expect(await engine.judge('/escape', JSON.stringify({ [escape]: 1 }))).toMatchObject({ valid: false });
  });

  it('lists 1,000 errors and counts the others', async () => {
    await engine.compile('/closed', '{"additionalProperties":false}');
    const event = JSON.stringify(Object.fromEntries(range(1_500, i => [`p${i}`, 1])));
    const judged = await engine.judge('/closed', event);
    expect(judged).toMatchObject({ ok: true, valid: false, omitted: 500 });
    expect(judged.ok && judged.errors.length).toBe(1_000);
  });

  it('answers what waits behind a limit', async () => {
    await engine.compile('/evil', PATTERN('^(a+)+$'));
    await engine.compile('/friendly', FRIENDLY);
    const answers = await Promise.all([
      engine.judge('/friendly', '{"a":"x"}'),
      engine.judge('/evil', EVIL_TEXT),
      engine.judge('/friendly', '{"a":"x"}'),
    ]);
    expect(answers).toMatchObject([
      { ok: true, valid: true },
      { ok: false, reason: 'limit' },
      { ok: false, reason: 'not-compiled' },
    ]);
  });

  it('makes room for new schemas by forgetting the oldest', async () => {
    for (let i = 0; i < 150; i++) expect(await engine.compile(`/many/${i}`, FRIENDLY)).toEqual({ ok: true });
    expect(await engine.judge('/many/149', '{"a":"x"}')).toMatchObject({ ok: true, valid: true });
    expect(await engine.judge('/many/0', '{}')).toMatchObject({ ok: false, reason: 'not-compiled' });
  }, 30_000);
});
