import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/validation/types.ts';
import { startEngine } from './engine.ts';

describe('the drafts of JSON Schema that the intake knows', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  }, 30_000);
  afterAll(() => engine.close());

  const compile = (schema: object) => engine.compile('/draft', JSON.stringify(schema));
  const isValid = async (event: unknown) => {
    const judged = await engine.judge('/draft', JSON.stringify(event));
    return judged.ok && judged.valid;
  };

  it.each([
    'http://json-schema.org/draft-06/schema#',
    'http://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft-07/schema#',
    'https://json-schema.org/draft-07/schema',
  ])('%s', async $schema => {
    expect(await compile({ $schema, $id: '/a/1.0.0', exclusiveMaximum: 5 })).toEqual({ ok: true });
    expect([await isValid(4), await isValid(5)]).toEqual([true, false]);
    expect(await compile({ $schema, type: 5 })).toMatchObject({ ok: false, reason: 'does-not-compile' });
  });

  it('draft 4, with id and its own exclusiveMaximum', async () => {
    const draft4 = { $schema: 'http://json-schema.org/draft-04/schema#', id: '/a/1.0.0' };
    expect(await compile({ ...draft4, maximum: 5, exclusiveMaximum: true })).toEqual({ ok: true });
    expect([await isValid(4), await isValid(5)]).toEqual([true, false]);
    expect(await compile({ ...draft4, exclusiveMaximum: 5 })).toMatchObject({ ok: false, reason: 'does-not-compile' });
  });

  it('may be referred to', async () => {
    for (const $ref of ['http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft-07/schema#']) {
      expect(await compile({ properties: { a: { $ref } } })).toEqual({ ok: true });
      expect([await isValid({ a: { type: 'string' } }), await isValid({ a: { type: 5 } })]).toEqual([true, false]);
    }
  });

  it('no other', async () => {
    expect(await compile({ $schema: 'https://json-schema.org/draft/2020-12/schema' })).toMatchObject({ ok: false });
    expect(await compile({ $schema: 5 })).toMatchObject({ ok: false });
  });

  it('compiles schemas with the same nested $ids one after the other', async () => {
    for (const type of ['string', 'number']) {
      expect(await compile({ $id: '/a/1.0.0', properties: { meta: { $id: '/common/1.0.0', type } } })).toEqual({
        ok: true,
      });
    }
    expect([await isValid({ meta: 1 }), await isValid({ meta: 'x' })]).toEqual([true, false]);
  });
});
