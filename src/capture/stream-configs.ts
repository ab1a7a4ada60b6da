/** Stream configs of a rule, given to the client before the page's first call: it looks them up in the object it was given. */

import { defineProperty, deleteProperty, describe, isObject } from './natives.ts';
import type { Policy } from './policy.ts';
import { onUndo } from './wrap.ts';

/** Puts the rules' stream configs among the client's; nothing happens where it takes every stream anyway. */
export function addConfigs(streams: unknown, policy: Policy): void {
  if (!isObject(streams)) return;
  policy.each('config', ({ config, value }) => {
    const before = describe(streams, config);
    if (before?.value === value) return;
    defineProperty(streams, config, { value, writable: true, enumerable: true, configurable: true });
    onUndo(() => {
      if (describe(streams, config)?.value !== value) return;
      if (before) defineProperty(streams, config, before);
      else deleteProperty(streams, config);
    });
  });
}
