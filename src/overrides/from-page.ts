/** Reads the rules that came with the document itself, synchronously, before any code of the page runs. */

import type { PageRules } from '../record/override.ts';
import { decodeRules, METRIC } from './carrier.ts';

export interface RulesFromPage {
  rules: PageRules | null;
  by: 'header' | 'parent' | 'none';
}

/**
 * Documents without a response of their own (about:blank, srcdoc, blob:) obey the rules of the nearest ancestor of
 * their origin that has one.
 * @returns the rules as the document carries them, expired ones too; never throws
 */
export function rulesFromPage(page: Window): RulesFromPage {
  try {
    for (let at = page, depth = 0; ; at = at.parent, depth++) {
      const rules = rulesOf(at);
      if (rules) return { rules, by: depth ? 'parent' : 'header' };
      if (/^http/.test(at.location.protocol) || at === at.parent) break;
    }
  } catch {
    // A parent of another origin: this document has no rules that it could read.
  }
  return { rules: null, by: 'none' };
}

/** The last entry decides: ours is appended to whatever the server sends. */
function rulesOf(page: Window): PageRules | null {
  const [navigation] = page.performance.getEntriesByType('navigation') as Partial<PerformanceNavigationTiming>[];
  // `serverTiming` is undefined in Firefox where the context is not secure (plain http, not localhost).
  const timings = navigation?.serverTiming ?? [];
  for (let i = timings.length - 1; i >= 0; i--) {
    const timing = timings[i];
    if (timing?.name === METRIC) return decodeRules(timing.description);
  }
  return null;
}
