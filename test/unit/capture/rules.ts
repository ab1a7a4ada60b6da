/** Rules in force, as capture asks for them; they may change while it runs. */

import type { Policy } from '../../../src/capture/policy.ts';
import { createPolicy } from '../../../src/overrides/policy.ts';
import type { Rule } from '../../../src/record/override.ts';

export function rulesInForce(...rules: Rule[]): Policy & { set(...rules: Rule[]): void; end(): void } {
  const { policy, set } = createPolicy();
  const put = (...list: Rule[]) =>
    set(JSON.stringify({ v: 1, rules: list, policy: 'hold-forced', until: Date.now() + 60_000 }));
  put(...rules);
  return { ...policy, set: put, end: () => set('null') };
}
