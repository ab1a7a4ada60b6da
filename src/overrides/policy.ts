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
  /** The page was away: what is in force may be another now. Until the next `set` nothing leaves it under the old rules. */
  doubt(): void;
}

// Taken before the page runs: its own clock (fake timers in a test page) does not move the expiry.
const { now } = Date;
const { parse } = JSON;
const { create, setPrototypeOf } = Object;

/**
 * Of each kind: whether its rules are about one thing of many (1), and whether any event of the document may be another
 * after them, in its content or in its being sent (2). A rule's first field says its kind, but the browser may sort them.
 */
const KINDS = {
  stream: 1,
  instrument: 1,
  schema: 1,
  experiment: 1,
  population: 3,
  config: 3,
  session: 2,
  pageview: 2,
  cookies: 2,
  exposures: 2,
  hasty: 0,
} satisfies { [K in RuleKind]: number };

/**
 * Rules decide until they expire. What they forced stays forced: an event that waits in a client's queue while its
 * override ends must not reach the intake, so the last delivery policy outlives the rules for forced events.
 * @param isThere whether the extension still is: asked once a millisecond while rules are in force, which end with it
 */
export function createPolicy(isThere: () => boolean = () => true): OverridePolicy {
  let until = 0;
  let asked = 0;
  let isInDoubt = false;
  let last: PageRules['policy'] = 'hold-forced';
  let rules: { [key: string]: Rule } = create(null);
  let tainting: Rule[] = [];

  function inForce(): boolean {
    const at = now();
    if (at >= until) return false;
    if (at !== asked) {
      asked = at;
      if (!isThere()) until = 0;
    }
    return until !== 0;
  }

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
        const isOn = inForce();
        if (isOn && isInDoubt) return 'hold';
        const policy = isOn || forced ? last : 'deliver';
        // the network redirects no more once they have ended
        if (policy === 'redirect') return isOn ? policy : 'hold';
        return policy === 'hold-all' || (forced && policy !== 'deliver') ? 'hold' : 'send';
      },
    },
    doubt() {
      isInDoubt = true;
    },
    set(json) {
      until = 0;
      isInDoubt = false;
      try {
        const next = parse(json as string) as PageRules;
        const list = next.rules;
        rules = create(null);
        tainting = setPrototypeOf([], null) as Rule[];
        let taints = 0;
        for (let i = 0; i < list.length; i += 1) {
          const rule = setPrototypeOf(list[i], null) as Rule & { as?: string };
          for (const kind in KINDS) {
            if (!(kind in rule)) continue;
            const traits = KINDS[kind as RuleKind];
            rules[`${kind} ${traits & 1 ? (rule as { [kind: string]: unknown })[kind] : ''}`] = rule;
            if (traits & 2 || rule.as === 'enrolled') tainting[taints++] = rule;
          }
        }
        last = next.policy;
        until = next.until;
      } catch {
        // no rules
      }
    },
  };
}
