/**
 * The exposure log of Test Kitchen (modules/ext.testKitchen/ExposureLogTracker.js, in `mw.storage.session`). While rules
 * are on, what would be written there is kept here: an exposure that is held must not suppress the real one later.
 */

import { apply, create, getter, indexOf, own, holderOf, ownKeys, Plain, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import type { Draft } from './recorder.ts';
import { replace } from './wrap.ts';

const PREFIX = 'tk_exposure.';

const storageOf = getter(window, 'sessionStorage');

/** What was written under override, by key; null where it was removed. */
export const aside = create(null) as Draft;

const isExposure = (key: unknown): key is string => typeof key === 'string' && indexOf(key, PREFIX) === 0;

/** What the tab's storage has of the log, as it is stored. */
export const exposureLog = (): Draft | undefined =>
  quietly(() => {
    const found: Draft = new Plain();
    const storage = storageOf(window) as object; // throws in opaque origins
    const keys = ownKeys(storage);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (isExposure(key)) found[key] = own(storage, key);
    }
    return found;
  });

/** `changed` is called where the log has changed. */
export function watchExposures(mw: object, policy: Policy, changed: () => void): void {
  const session = own(own(mw, 'storage'), 'session');

  const watch = (method: string, instead: (key: string, value: unknown) => { answer: unknown } | undefined): void =>
    replace(
      holderOf(session, method),
      method,
      original =>
        function access(this: unknown, ...args) {
          const key = own(args, 0);
          const kept = quietly(() => {
            if (this !== session || !isExposure(key)) return undefined;
            if (method !== 'get') changed();
            return policy.isOn() ? instead(key, own(args, 1)) : undefined;
          });
          return kept ? kept.answer : apply(original, this, args);
        },
    );
  watch('get', key =>
    key in aside ? { answer: aside[key] } : policy.rule('exposures') ? { answer: null } : undefined,
  );
  watch('set', (key, value) => {
    aside[key] = value;
    return { answer: true };
  });
  watch('remove', key => {
    aside[key] = null;
    return { answer: true };
  });
}
