/** Whether an override may be set: a clean copy, or what is wrong with it. */

import type { Override, Rule } from '../record/override.ts';
import { isPolicy, readRule } from './rules.ts';

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
  const { rules, policy, until } = value as { [key: string]: unknown };
  if (!Array.isArray(rules)) throw new OverrideError('An override needs a list of rules.');
  if (!isPolicy(policy)) {
    throw new OverrideError('The delivery policy of an override must be deliver, hold-forced or hold-all.');
  }
  const override = { rules: rules.map(checkRule), policy, until: checkUntil(until, now) };
  const size = new TextEncoder().encode(JSON.stringify(override)).length;
  if (size > LARGEST_OVERRIDE) {
    throw new OverrideError(`The override has ${size} bytes; at most ${LARGEST_OVERRIDE} reach a page. Remove rules.`);
  }
  return override;
}

function checkRule(value: unknown, index: number): Rule {
  const rule = readRule(value);
  if (rule) return rule;
  throw new OverrideError(
    `Rule ${index + 1} must name one stream or one instrument, and force its sample "in" or "out".`,
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
