/** Reads schemas and stream configs for the panel: without cookies, redirects or surprises in size. */

import type { FetchAnswer } from '../wire/protocol.ts';

const TIMEOUT = 5000;
const AT_A_TIME = 4;
const LARGEST = 10_000_000;

/**
 * @param get the browser's `fetch`
 * @returns a function that reads one http or https URL, at most `limit` bytes of it; waits while 4 others run
 */
export function createFetcher(get: typeof fetch): (url: string, limit: number) => Promise<FetchAnswer> {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function inTurn<T>(job: () => Promise<T>): Promise<T> {
    // A slot is handed on, never freed while somebody waits: nobody can slip in between.
    if (running < AT_A_TIME) running++;
    else await new Promise<void>(resolve => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  return async (url, limit) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Error(`"${url}" is no http or https URL. Correct the address of the repository.`);
    }
    if (!(limit > 0 && limit <= LARGEST)) throw new Error(`A limit of ${limit} bytes is not between 1 and ${LARGEST}.`);
    return inTurn(() => read(get, url, limit));
  };
}

async function read(get: typeof fetch, url: string, limit: number): Promise<FetchAnswer> {
  const signal = AbortSignal.timeout(TIMEOUT);
  let status: number | null = null;
  try {
    // `manual` follows no redirect either, and unlike `error` tells it from a broken network.
    const response = await get(url, { credentials: 'omit', redirect: 'manual', referrerPolicy: 'no-referrer', signal });
    if (response.type === 'opaqueredirect') return { ok: false, status: null, reason: 'redirect' };
    status = response.status;
    if (!response.ok) {
      await response.body?.cancel();
      return { ok: false, status, reason: 'status' };
    }
    const text = await readText(response, limit);
    return text === null ? { ok: false, status, reason: 'too-large' } : { ok: true, status, text };
  } catch {
    return { ok: false, status, reason: signal.aborted ? 'timeout' : 'network' };
  }
}

/** @returns the body as UTF-8 text, or null where it has more than `limit` bytes (once decompressed) */
async function readText(response: Response, limit: number): Promise<string | null> {
  if (!response.body) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}
