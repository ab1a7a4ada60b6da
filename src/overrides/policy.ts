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
  /** Replaces all rules by those in the JSON text; anything that is no `PageRules` means none. Never throws. */
  set(json: string | undefined): void;
}

// Taken before the page runs: its own clock (fake timers in a test page) does not move the expiry.
const { now } = Date;
const { parse } = JSON;
const { create } = Object;

/**
 * Rules decide until they expire. What they forced stays forced: an event that waits in a client's queue while its
 * override ends must not reach the intake, so the last delivery policy outlives the rules for forced events.
 */
export function createPolicy(): OverridePolicy {
  let until = 0;
  let last = 'hold-forced';
  let forces: { [key: string]: Forced };

  const inForce = () => now() < until;

  return {
    policy: {
      force: (kind, name) => (inForce() && forces[`${kind} ${name}`]) || null,
      deliver(forced) {
        const policy = inForce() || forced ? last : 'deliver';
        return policy === 'hold-all' || (forced && policy !== 'deliver') ? 'hold' : 'send';
      },
    },
    set(json) {
      until = 0;
      try {
        const next = parse(json as string) as PageRules;
        const { rules } = next;
        forces = create(null);
        for (let i = 0; i < rules.length; i += 1) {
          const rule = rules[i] as PageRules['rules'][number];
          const key = 'stream' in rule ? `stream ${rule.stream}` : `instrument ${rule.instrument}`;
          forces[key] = { inSample: rule.sample === 'in', rule };
        }
        last = next.policy;
        until = next.until;
      } catch {
        // no rules
      }
    },
  };
}
