/**
 * The exposure log of Test Kitchen (modules/ext.testKitchen/ExposureLogTracker.js, in `mw.storage.session`). While rules
 * are on, what would be written there is kept here: an exposure that is held must not suppress the real one later.
 */

import { apply, create, indexOf, own, holderOf, quietly } from './natives.ts';
import type { Policy } from './policy.ts';
import { replace } from './wrap.ts';

const PREFIX = 'tk_exposure.';

export function watchExposures(mw: object, policy: Policy): void {
  const session = own(own(mw, 'storage'), 'session');
  /** What was written under override; null where it was removed. */
  const aside = create(null) as { [key: string]: unknown };

  const isAside = (self: unknown, key: unknown): key is string =>
    self === session && typeof key === 'string' && indexOf(key, PREFIX) === 0 && policy.isOn();

  const watch = (method: string, instead: (key: string, value: unknown) => { answer: unknown } | undefined): void =>
    replace(
      holderOf(session, method),
      method,
      original =>
        function access(this: unknown, ...args) {
          const key = own(args, 0);
          const kept = quietly(() => (isAside(this, key) ? instead(key, own(args, 1)) : undefined));
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
