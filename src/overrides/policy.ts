/** Applies rules inside the page. Fits `Policy` of capture by its shape. Goes into the hook: every byte counts. */

import type { PageRules } from '../record/override.ts';
import type { JsonObject } from '../record/record.ts';

interface Forced {
  inSample: boolean;
  rule: JsonObject;
}

export interface OverridePolicy {
  policy: {
    force(kind: 'stream' | 'instrument', name: string): Forced | null;
    deliver(forced: boolean): 'send' | 'hold';
  };
  /** Replaces all rules; null when the override has ended. */
  set(rules: PageRules | null): void;
  /** The rules in force at this moment. */
  rules(): PageRules | null;
}

// Taken before the page runs, so that its own clock (fake timers in a test page) does not move the expiry.
const now = Date.now;

/**
 * Rules decide until they expire. What they forced stays forced: an event that waits in a client's queue while its
 * override ends must not reach the intake, so the last delivery policy outlives the rules for forced events.
 */
export function createPolicy(): OverridePolicy {
  let current: PageRules | null = null;
  let last: PageRules['policy'] = 'hold-forced';
  let forces: { [key: string]: Forced } = Object.create(null);

  const rules = () => (current && now() < current.until ? current : null);

  return {
    policy: {
      force: (kind, name) => (rules() && forces[`${kind} ${name}`]) || null,
      deliver(forced) {
        const policy = rules()?.policy ?? (forced ? last : 'deliver');
        return policy === 'hold-all' || (forced && policy === 'hold-forced') ? 'hold' : 'send';
      },
    },
    set(next) {
      current = next;
      forces = Object.create(null);
      if (!next) return;
      last = next.policy;
      for (const rule of next.rules) {
        const key = 'stream' in rule ? `stream ${rule.stream}` : `instrument ${rule.instrument}`;
        forces[key] = { inSample: rule.sample === 'in', rule };
      }
    },
    rules,
  };
}
