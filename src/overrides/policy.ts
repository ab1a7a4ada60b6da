/** Applies rules inside the page. Fits `Policy` of capture by its shape. Goes into the hook: every byte counts. */

import type { PageRules, Rule, RuleKind, RuleOf } from '../record/override.ts';

export interface OverridePolicy {
  policy: {
    rule<K extends RuleKind>(kind: K, name?: string): RuleOf<K> | null;
    each<K extends RuleKind>(kind: K, see: (rule: RuleOf<K>) => void): void;
    tainting(): readonly Rule[] | null;
    isOn(): boolean;
    deliver(forced: boolean): 'send' | 'hold' | 'redirect';
  };
  /** Replaces all rules by those in the JSON text; anything that is no `PageRules` means none. Never throws. */
  set(json: string | undefined): void;
}

// Taken before the page runs: its own clock (fake timers in a test page) does not move the expiry.
const { now } = Date;
const { parse } = JSON;
const { create, keys, setPrototypeOf } = Object;

/** Rules about one thing of many; of all others there is one at most. */
const NAMED = { stream: 1, instrument: 1, schema: 1, population: 1, experiment: 1, config: 1 };
/** Rules after which any event of the document may be another: its content, or its being sent, depends on them. */
const TAINTING = { population: 1, session: 1, pageview: 1, config: 1, cookies: 1, exposures: 1 };

/**
 * Rules decide until they expire. What they forced stays forced: an event that waits in a client's queue while its
 * override ends must not reach the intake, so the last delivery policy outlives the rules for forced events.
 */
export function createPolicy(): OverridePolicy {
  let until = 0;
  let last: PageRules['policy'] = 'hold-forced';
  let rules: { [key: string]: Rule } = create(null);
  let tainting: Rule[] = [];

  const inForce = () => now() < until;

  return {
    policy: {
      rule: <K extends RuleKind>(kind: K, name = '') =>
        ((inForce() && rules[`${kind} ${name}`]) || null) as RuleOf<K> | null,
      each<K extends RuleKind>(kind: K, see: (rule: RuleOf<K>) => void) {
        if (!inForce()) return;
        for (const key in rules) {
          const rule = rules[key] as Rule;
          if (kind in rule) see(rule as RuleOf<K>);
        }
      },
      tainting: () => (inForce() && tainting.length ? tainting : null),
      isOn: inForce,
      deliver(forced) {
        const policy = inForce() || forced ? last : 'deliver';
        if (policy === 'redirect') return policy;
        return policy === 'hold-all' || (forced && policy !== 'deliver') ? 'hold' : 'send';
      },
    },
    set(json) {
      until = 0;
      try {
        const next = parse(json as string) as PageRules;
        const list = next.rules;
        rules = create(null);
        tainting = setPrototypeOf([], null) as Rule[];
        let taints = 0;
        for (let i = 0; i < list.length; i += 1) {
          const rule = setPrototypeOf(list[i], null) as Rule & { as?: string; group?: unknown };
          const kind = keys(rule)[0] as string;
          rules[`${kind} ${kind in NAMED ? (rule as { [kind: string]: unknown })[kind] : ''}`] = rule;
          if (kind in TAINTING || rule.as === 'enrolled') tainting[taints++] = rule;
        }
        last = next.policy;
        until = next.until;
      } catch {
        // no rules
      }
    },
  };
}
