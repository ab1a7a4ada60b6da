/** Reading from a repository, politely and within limits, whatever does the reading. */

export type ReadAnswer =
  | { ok: true; status: number; text: string }
  | { ok: false; status: number | null; reason: 'status' | 'network' | 'timeout' | 'too-large' | 'redirect' };

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
