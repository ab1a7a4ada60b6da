import { describe, expect, test, vi } from 'vitest';
import { createFetcher } from '../../../src/background/fetch.ts';

const stream = (pieces: number, onPull: () => void) => {
  let left = pieces;
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        onPull();
        if (left-- > 0) controller.enqueue(new Uint8Array(1000).fill(97));
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
};

describe('reading a URL', () => {
  test('goes without cookies, redirects and referrer', async () => {
    const get = vi.fn<typeof fetch>(async () => new Response('{"ä":1}'));
    expect(await createFetcher(get)('https://schema/x', 100)).toEqual({ ok: true, status: 200, text: '{"ä":1}' });
    expect(get.mock.calls[0]?.[1]).toMatchObject({
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    });
  });

  test('stops at the limit, without reading on', async () => {
    const pulled = vi.fn();
    const answer = await createFetcher(async () => new Response(stream(1000, pulled)))('https://schema/x', 2500);
    expect(answer).toEqual({ ok: false, status: 200, reason: 'too-large' });
    expect(pulled).toHaveBeenCalledTimes(3);
  });

  test('takes exactly as much as the limit', async () => {
    const answer = await createFetcher(async () => new Response('abcde'))('https://schema/x', 5);
    expect(answer).toMatchObject({ ok: true, text: 'abcde' });
  });

  test.each([
    ['a missing file', async () => new Response('no', { status: 404 }), { status: 404, reason: 'status' }],
    [
      'a redirect',
      async () => Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' }),
      { reason: 'redirect' },
    ],
    ['no network', () => Promise.reject(new TypeError('Failed to fetch')), { status: null, reason: 'network' }],
  ])('tells %s', async (_, get, expected) => {
    expect(await createFetcher(get)('https://schema/x', 5)).toMatchObject({ ok: false, ...expected });
  });

  test('ends after its time', async () => {
    const over = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal);
    const get: typeof fetch = (_, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(over.signal.reason)));
    const answer = createFetcher(get)('https://schema/x', 5);
    over.abort();
    expect(await answer).toEqual({ ok: false, status: null, reason: 'timeout' });
    expect(timeout).toHaveBeenCalledWith(5000);
    timeout.mockRestore();
  });

  test('happens four times at once at most', async () => {
    let running = 0;
    let most = 0;
    const finish: (() => void)[] = [];
    const read = createFetcher(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>(resolve => finish.push(resolve));
      running--;
      return new Response('x');
    });
    const answers = Promise.all(Array.from({ length: 20 }, () => read('https://schema/x', 5)));
    for (let done = 0; done < 20; done++) {
      await vi.waitFor(() => expect(finish.length).toBeGreaterThan(0));
      finish.shift()?.();
    }
    expect((await answers).every(answer => answer.ok)).toBe(true);
    expect(most).toBe(4);
  });

  test.each(['file:///etc/passwd', 'data:,x', 'chrome://version', 'x', 5])('refuses %s', async url => {
    await expect(createFetcher(fetch)(url as string, 5)).rejects.toThrow('no http or https URL');
  });

  test.each([0, -1, NaN, Infinity, 'x', undefined])('refuses a limit of %s', async limit => {
    await expect(createFetcher(fetch)('https://x/', limit as number)).rejects.toThrow('limit');
  });
});
