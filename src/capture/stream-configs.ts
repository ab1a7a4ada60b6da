/** Stream configs of a rule, given to the client before the page's first call: it looks them up in the object it was given. */

import { describe, isObject, own, put, restore } from './natives.ts';
import type { Policy } from './policy.ts';
import { onUndo } from './wrap.ts';

/** Puts the rules' stream configs among the client's; nothing happens where it takes every stream anyway. */
export function addConfigs(streams: unknown, policy: Policy): void {
  if (!isObject(streams)) return;
  policy.each('config', ({ config, value }) => {
    const before = describe(streams, config);
    if (before?.value === value) return;
    put(streams, config, value);
    onUndo(() => {
      if (own(streams, config) === value) restore(streams, config, before);
    });
  });
}
