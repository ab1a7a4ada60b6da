/** The identifiers of this page, noted when the client reads them: reading the session id unasked would create its cookie. */

import { config } from './modules.ts';
import { getter, indexOf, matches, nothing, own, slice } from './natives.ts';
import { wrap } from './wrap.ts';

export let session: string | undefined;
export let pageview: string | undefined;
let read: string | undefined;

const cookies = getter(Document.prototype, 'cookie');

/** The identifier read last, and forgets it: to learn which one a decision read. */
export function takeRead(): string | undefined {
  const value = read;
  read = undefined;
  return value;
}

const isId = (value: unknown): value is string => typeof value === 'string';

/** Notes what `mw.user` answers from now on; calls `changed` when an identifier is new. */
export function watchIdentifiers(mw: object, changed: () => void): void {
  const user = own(mw, 'user');
  const watch = (key: string, keep: (value: string) => boolean) =>
    wrap(user, key, nothing, (_, value) => {
      if (!isId(value)) return;
      read = value;
      if (keep(value)) changed();
    });
  watch('sessionId', value => value !== session && !!(session = value));
  watch('getPageviewToken', value => value !== pageview && !!(pageview = value));
}

/** Reads the session cookie, where the id is not known yet and MediaWiki would accept it. Too dear for each call. */
export function lookUpSession(mw: object): void {
  const prefix = config(mw, 'wgCookiePrefix');
  if (session !== undefined || typeof prefix !== 'string') return;
  const all = `; ${cookies(document)};`; // throws in opaque origins
  const name = `; ${prefix}mwuser-sessionId=`;
  const from = indexOf(all, name) + name.length;
  const value = slice(all, from, from + 21);
  if (from >= name.length && matches(/^[0-9a-f]{20};$/, value)) session = slice(value, 0, 20);
}
