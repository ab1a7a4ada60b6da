/** Reading from a repository, politely and within limits, whatever does the reading. */

export type ReadAnswer =
  | { ok: true; status: number; text: string }
  | {
      ok: false;
      status: number | null;
      reason: 'status' | 'network' | 'offline' | 'cors' | 'permission' | 'timeout' | 'too-large' | 'redirect';
    };

/**
 * Why a read failed without a status, as far as the reader can tell: `offline` where the browser has no network,
 * `permission` where the extension lacks the host's, `cors` where a server forbids the reading; else `network`.
 */
export type Unreached = 'network' | 'offline' | 'cors' | 'permission';

/** Reads a URL without cookies and redirects, at most `limit` bytes. Does not reject. */
export type Read = (url: string, limit: number) => Promise<ReadAnswer>;

const AT_ONCE = 4;
const DEADLINE = 5_000;

function withDeadline(answer: Promise<ReadAnswer>): Promise<ReadAnswer> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve({ ok: false, status: null, reason: 'timeout' }), DEADLINE);
    answer
      .catch((): ReadAnswer => ({ ok: false, status: null, reason: 'network' }))
      .then(result => {
        clearTimeout(timer);
        resolve(result);
      });
  });
}

/** The same reading with at most 4 at a time and 5 s each, waiting not counted. */
export function politely(read: Read): Read {
  let free = AT_ONCE;
  const waiting: (() => void)[] = [];

  return async (url, limit) => {
    if (free > 0) free--;
    else await new Promise<void>(turn => waiting.push(turn));
    try {
      return await withDeadline(read(url, limit));
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/** What the surroundings know of a failed read. Each may reject: then the answer stays `network`. */
export interface Circumstances {
  isOnline(): boolean;
  /** Whether the extension has the host permission. */
  mayRead(origin: string): Promise<boolean>;
  /** Whether the server answers at all, to a request whose answer cannot be read (`no-cors`). */
  answers(url: string): Promise<boolean>;
}

/**
 * The same reading, that tells why nothing was reached. A browser says only "network error" of all of these:
 * https://fetch.spec.whatwg.org/#concept-network-error
 */
export function withCauses(read: Read, { isOnline, mayRead, answers }: Circumstances): Read {
  async function cause(url: string): Promise<Unreached> {
    if (!isOnline()) return 'offline';
    if (await mayRead(new URL(url).origin)) return 'network';
    return (await answers(url)) ? 'cors' : 'permission';
  }

  return async (url, limit) => {
    const answer = await read(url, limit);
    if (answer.ok || answer.reason !== 'network') return answer;
    return { ...answer, reason: await cause(url).catch((): Unreached => 'network') };
  };
}
