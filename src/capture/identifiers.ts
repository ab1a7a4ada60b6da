/** The identifiers of this page, noted when the client reads them: reading the session id unasked would create its cookie. */

import { apply, indexOf, matches, own, slice } from './natives.ts';
import type { Wraps } from './wrap.ts';

export interface Identifiers {
  session(): string | undefined;
  /** Reads the session cookie, where the id is not known yet: a look at all cookies costs too much for each call. */
  lookUp(): void;
  pageview(): string | undefined;
  /** The identifier read last, and forgets it: to learn which one a decision read. */
  takeRead(): string | undefined;
  /** Notes what `mw.user` answers from now on. */
  watch(mw: object): void;
}

const cookieGetter = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')?.get;

/** A session id in a cookie of this document; undefined where there is none that MediaWiki would accept, or it cannot be read (opaque origins throw). */
function cookie(name: string): string | undefined {
  try {
    const all = `; ${apply(cookieGetter as () => string, document, []) as string}`;
    const start = indexOf(all, `; ${name}=`);
    if (start < 0) return undefined;
    const from = start + name.length + 3;
    const value = slice(all, from, from + 21);
    return matches(/^[0-9a-f]{20};?$/, value) ? slice(value, 0, 20) : undefined;
  } catch {
    return undefined;
  }
}

export function createIdentifiers(wraps: Wraps, prefix: () => string | undefined, changed: () => void): Identifiers {
  let session: string | undefined;
  let pageview: string | undefined;
  let read: string | undefined;

  const note = (value: unknown): string | undefined => (typeof value === 'string' ? (read = value) : undefined);

  return {
    session: () => session,
    lookUp() {
      const known = prefix();
      if (session === undefined && known !== undefined) session = cookie(`${known}mwuser-sessionId`);
    },
    pageview: () => pageview,
    takeRead() {
      const value = read;
      read = undefined;
      return value;
    },
    watch(mw) {
      const user = own(mw, 'user');
      wraps.wrap(user, 'sessionId', {
        before: () => undefined,
        after(_, value) {
          const before = session;
          session = note(value) ?? session;
          if (session !== before) changed();
        },
      });
      wraps.wrap(user, 'getPageviewToken', {
        before: () => undefined,
        after(_, value) {
          const before = pageview;
          pageview = note(value) ?? pageview;
          if (pageview !== before) changed();
        },
      });
    },
  };
}
