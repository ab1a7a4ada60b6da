/** Whether an override may be set: a clean copy, or what is wrong with it. */

import type { Override, Rule } from '../record/override.ts';
import { isPolicy, RuleError, ruleOf, targetOf } from './rules.ts';

/** As JSON in UTF-8, in bytes. */
export const LARGEST_OVERRIDE = 100_000;
export const LONGEST_OVERRIDE = 24 * 60 * 60 * 1000;

/** What was asked for cannot be done, in words for the user. */
export class OverrideError extends Error {
  override name = 'OverrideError';
}

/**
 * @param now milliseconds since the epoch
 * @returns a copy with nothing in it but the fields of an override
 * @throws OverrideError which says what is wrong and what would be right
 */
export function checkOverride(value: unknown, now: number): Override {
  if (typeof value !== 'object' || value === null) throw new OverrideError('An override must be an object.');
  const { rules, policy, until, target } = value as { [key: string]: unknown };
  if (!isPolicy(policy)) {
    throw new OverrideError('The delivery policy of an override must be deliver, hold-forced, hold-all or redirect.');
  }
  const override: Override = { rules: checkRules(rules), policy, until: checkUntil(until, now) };
  if (policy === 'redirect') override.target = checkTarget(target);
  const size = new TextEncoder().encode(JSON.stringify(override)).length;
  if (size > LARGEST_OVERRIDE) {
    throw new OverrideError(`The override has ${size} bytes; at most ${LARGEST_OVERRIDE} reach a page. Remove rules.`);
  }
  return override;
}

/**
 * @returns clean copies of the rules, of which no two are about the same thing
 * @throws OverrideError
 */
export function checkRules(rules: unknown): Rule[] {
  if (!Array.isArray(rules)) throw new OverrideError('An override needs a list of rules.');
  const seen = new Map<string, number>();
  return rules.map((value, index) => {
    const rule = checkRule(value, index);
    const { kind, name } = targetOf(rule);
    const first = seen.get(`${kind} ${name}`);
    if (first !== undefined) {
      throw new OverrideError(`Rule ${index + 1} is about the same ${kind} as rule ${first}. Keep one of them.`);
    }
    seen.set(`${kind} ${name}`, index + 1);
    return rule;
  });
}

function checkRule(value: unknown, index: number): Rule {
  try {
    return ruleOf(value);
  } catch (error) {
    if (error instanceof RuleError) throw new OverrideError(`Rule ${index + 1}: ${error.message}`);
    throw error;
  }
}

function checkTarget(target: unknown): string {
  try {
    const url = new URL(target as string);
    if (/^https?:$/.test(url.protocol) && !url.username && !url.password) return url.href;
  } catch {
    // said below
  }
  throw new OverrideError(
    `Events can be redirected to an http or https address, such as http://localhost:8192/v1/events, not to ${JSON.stringify(target) ?? 'nothing'}.`,
  );
}

function checkUntil(until: unknown, now: number): number {
  if (typeof until !== 'number' || !Number.isFinite(until)) {
    throw new OverrideError('An override needs the time when it ends, in milliseconds since the epoch.');
  }
  if (until <= now) throw new OverrideError('The override would have ended already. Choose an end in the future.');
  if (until > now + LONGEST_OVERRIDE) throw new OverrideError('An override lasts 24 hours at most. End it earlier.');
  return until;
}
