/** How often the validator compiles, judges and reads; what it does where the engine fails. */

import { describe, expect, it } from 'vitest';
import type { Compiled, Engine, Judged, Repository } from '../../../src/validation/types.ts';
import { createValidator } from '../../../src/validation/validator.ts';
import { STREAMS, click, repository } from './subjects.ts';

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
