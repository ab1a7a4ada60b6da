import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../../src/validation/types.ts';
import { startEngine } from './engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
  for (let limit = 0; limit <= 6; limit++) {
    await engine.compile(`/most/${limit}`, JSON.stringify({ maxLength: limit }));
    await engine.compile(`/least/${limit}`, JSON.stringify({ minLength: limit }));
  }
}, 30_000);
afterAll(() => engine.close());

it('lengths are counted in code points, lone surrogates as one each', async () => {
  const unit = fc.constantFrom('a', 'é', '😀', '\ud83d', '\ude00', '\u0000');
  const strings = fc.array(unit, { maxLength: 12 }).map(units => units.join(''));
  await fc.assert(
    fc.asyncProperty(strings, fc.nat({ max: 6 }), async (text, limit) => {
      const { length } = [...text];
      const event = JSON.stringify(text);
      expect(await engine.judge(`/most/${limit}`, event)).toMatchObject({ ok: true, valid: length <= limit });
      expect(await engine.judge(`/least/${limit}`, event)).toMatchObject({ ok: true, valid: length >= limit });
    }),
    { numRuns: 1_000 },
  );
}, 30_000);
