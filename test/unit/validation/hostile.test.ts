import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/validation/types.ts';
import { startEngine } from './engine.ts';
import { EVIL_TEXT, FRIENDLY, PATTERN, range, REFUSED, STOPPED } from './hostile-corpus.ts';

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
