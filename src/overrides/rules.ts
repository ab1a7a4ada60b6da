/** The shape of rules, checked at run time: what a page finds may come from anybody. */

import type { DeliveryPolicy, PageRules, Rule } from '../record/override.ts';

const POLICIES: readonly unknown[] = ['deliver', 'hold-forced', 'hold-all'] satisfies DeliveryPolicy[];

type Fields = { readonly [key: string]: unknown };

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const isPolicy = (value: unknown): value is DeliveryPolicy => POLICIES.includes(value);

/** @returns a clean copy of one rule, or null where it is none: it names exactly one stream or instrument */
export function readRule(value: unknown): Rule | null {
  if (!isObject(value)) return null;
  const { stream, instrument, sample } = value;
  if (sample !== 'in' && sample !== 'out') return null;
  if (isName(stream) && instrument === undefined) return { stream, sample };
  if (isName(instrument) && stream === undefined) return { instrument, sample };
  return null;
}

/** @returns a clean copy of what a page received, or null unless all of it is well formed */
export function readRules(value: unknown): PageRules | null {
  if (!isObject(value) || value['v'] !== 1) return null;
  const { rules, policy, until } = value;
  if (!Array.isArray(rules) || !isPolicy(policy) || typeof until !== 'number') return null;
  const clean: Rule[] = [];
  for (const each of rules) {
    const rule = readRule(each);
    if (!rule) return null;
    clean.push(rule);
  }
  return { v: 1, rules: clean, policy, until };
}
