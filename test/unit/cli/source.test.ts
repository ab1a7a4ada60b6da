import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { expression, reading, until } from '../../../src/cli/browsers/source.ts';
import type { Source } from '../../../src/cli/browsers/types.ts';

/** As a browser has it: the source runs in another global, and its answer is text. */
const run = async <T, A>(source: Source<A, T>, arg?: A): Promise<T> =>
  JSON.parse(await runInNewContext(expression(source, arg))) as T;

describe('expression', () => {
  it('calls a function with its argument and waits for its promise', async () => {
    const answer = await run(
      async ({ one }: { one: number }) => {
        const more = (value: number) => value + 1;
        return [more(one)];
      },
      { one: 41 },
    );
    expect(answer).toEqual([42]);
  });

  it('takes the source of an expression, a comment at its end too', async () => {
    expect(await run('Promise.resolve({a: 1}) // done')).toEqual({ a: 1 });
  });

  it('answers null for undefined', async () => {
    expect(await run(() => undefined)).toBeNull();
  });

  it('rejects with what the page threw', async () => {
    await expect(
      run(() => {
        throw new Error('from the page');
      }),
    ).rejects.toThrow('from the page');
  });
});

describe('until', () => {
  it('answers the first truthy value, whatever came before', async () => {
    let turn = 0;
    const probe = async () => {
      turn += 1;
      if (turn === 1) throw new Error('not yet');
      return turn === 3 ? 'here' : '';
    };
    expect(await until('it', probe)).toBe('here');
  });

  it('says what it waited for, and why the last try failed', async () => {
    const probe = () => Promise.reject(new Error('no such thing'));
    await expect(until('a wonder', probe, 1)).rejects.toThrow('for a wonder: no such thing');
  });
});

it('text says which selector fits nothing', async () => {
  const surface = reading(async <T>() => null as T);
  await expect(surface.text('#none')).rejects.toThrow('#none');
});
