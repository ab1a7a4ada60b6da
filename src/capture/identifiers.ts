/** The identifiers of this page, noted when the client reads them: reading the session id unasked would create its cookie. */

import { config } from './modules.ts';
import { apply, create, exec, getter, nothing, own, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { around, replace } from './wrap.ts';

/** As the client read them last. */
export const identifiers = create(null) as { session?: string; pageview?: string };
let read: string | undefined;

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

/** Reads the session cookie, where the id is not known yet and MediaWiki would accept it. Too dear for each call. */
export function lookUpSession(mw: object): void {
  const prefix = config(mw, 'wgCookiePrefix');
  if (identifiers.session || typeof prefix !== 'string') return;
  const pattern = new NativeRegExp(`(?:^|; )${prefix}mwuser-sessionId=([0-9a-f]{20})(?:;|$)`);
  const found = exec(pattern, cookies(document) as string); // throws in opaque origins
  if (found) identifiers.session = found[1] as string;
}
