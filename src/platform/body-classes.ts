/** The classes by which the server marks a page's body with the groups of experiments. */

import { at, type Json } from './json.ts';

export interface BodyClasses {
  expected: string[];
  /** Expected, and not on the body. */
  missing: string[];
  /** On the body, and not expected. */
  unexpected: string[];
}

const PREFIXES = { 'test-kitchen': 'test-kitchen-experiment-', xlab: 'xlab-experiment-' };

/**
 * The classes that the server makes of its own enrollments (a query's override and, in pages that are not cached, the
 * header's are among them), against those that the body has.
 * @param server `wgTestKitchenUserExperiments` or `wgMetricsPlatformUserExperiments`
 * Source: mediawiki-extensions-TestKitchen includes/Coordination/EnrollmentCssClassSerializer.php, Hooks.php
 * (onBeforePageDisplay); mediawiki-extensions-MetricsPlatform includes/XLab/EnrollmentCssClassSerializer.php.
 */
export function bodyClassesOf(
  server: Json | undefined,
  given: readonly string[],
  generation: keyof typeof PREFIXES = 'test-kitchen',
): BodyClasses {
  const expected = expectedClasses(server, generation);
  const ours = given.filter(name => name.startsWith(PREFIXES[generation]));
  return {
    expected,
    missing: expected.filter(name => !given.includes(name)),
    unexpected: [...new Set(ours)].filter(name => !expected.includes(name)),
  };
}

/** The classes of one experiment and its group. */
export function classesOf(
  experiment: string,
  group: string,
  generation: keyof typeof PREFIXES = 'test-kitchen',
): [string, string] {
  const own = PREFIXES[generation] + className(experiment);
  return [own, `${own}-${className(group)}`];
}

function expectedClasses(server: Json | undefined, generation: keyof typeof PREFIXES): string[] {
  const assigned = at(server, 'assigned');
  if (typeof assigned !== 'object' || assigned === null || Array.isArray(assigned)) return [];
  return Object.entries(assigned).flatMap(([name, group]) => classesOf(name, String(group), generation));
}

/**
 * Lower case (of ASCII letters), white space to a dash, then MediaWiki's escaping: what CSS would have to escape becomes
 * an underscore, several become one, none stays at the end.
 * Source: mediawiki includes/Parser/Sanitizer.php (escapeClass).
 */
function className(name: string): string {
  return name
    .replace(/[A-Z]+/g, letters => letters.toLowerCase())
    .replace(/[ \t\n\v\f\r]+/g, '-')
    .replace(/^[\d-]|[\s!-,./:-@[\]^`{-~]|\p{Cc}/gu, character =>
      character > '\x7e' && character !== '\xa0' ? character : '_',
    )
    .replace(/_+/g, '_')
    .replace(/_+$/, '');
}
