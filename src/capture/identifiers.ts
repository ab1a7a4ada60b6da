/** The identifiers of this page, noted when the client reads them: reading the session id unasked would create its cookie. */

import { config } from './modules.ts';
import { apply, create, exec, getter, nothing, own, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { around, replace } from './wrap.ts';

/** As the client read them last. */
export const identifiers = create(null) as { session?: string; pageview?: string };
let read: string | undefined;

/** Behind the wiki's `wgCookiePrefix`. */
export const SESSION_COOKIE = 'mwuser-sessionId';

const NativeRegExp = RegExp;
const cookies = getter(Document.prototype, 'cookie');

/** The identifier read last, and forgets it: to learn which one a decision read. */
export function takeRead(): string | undefined {
  const value = read;
  read = undefined;
  return value;
}

let changed: () => void = nothing;
/** Calls `then` when an identifier is new. */
export const onIdentified = (then: () => void): void => {
  changed = then;
};

/** Notes that the client has read an identifier. */
export function noteIdentifier(name: 'session' | 'pageview', value: unknown): void {
  if (typeof value !== 'string') return;
  read = value;
  if (identifiers[name] !== value) changed();
  identifiers[name] = value;
}

/** Notes what `mw.user` answers from now on; where a rule gives an identifier, that one, and none is made. */
export function watchIdentifiers(mw: object, policy: Policy): void {
  const watch = (key: string, name: 'session' | 'pageview') =>
    replace(own(mw, 'user'), key, original =>
      around(
        function read(this: unknown, ...args) {
          const rule = quietly(() => policy.rule(name)) as { [name: string]: string } | null | undefined;
          return rule ? rule[name] : apply(original, this, args);
        },
        nothing,
        (_, value) => noteIdentifier(name, value),
      ),
    );
  watch('sessionId', 'session');
  watch('getPageviewToken', 'pageview');
}

/** The identifier in one of the wiki's cookies, where MediaWiki would accept it. Throws in opaque origins. */
export function cookieId(mw: object | undefined, name: string): string | undefined {
  const prefix = config(mw, 'wgCookiePrefix');
  if (typeof prefix !== 'string') return undefined;
  const pattern = new NativeRegExp(`(?:^|; )${prefix}${name}=([0-9a-f]{20})(?:;|$)`);
  return exec(pattern, cookies(document) as string)?.[1];
}

/** Reads the session cookie, where the id is not known yet. Too dear for each call. */
export function lookUpSession(mw: object): void {
  const found = identifiers.session ?? cookieId(mw, SESSION_COOKIE);
  if (found) identifiers.session = found;
}
