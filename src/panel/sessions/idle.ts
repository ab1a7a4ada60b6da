import type { PageLoad } from '../../log/types.ts';

/** After so many milliseconds without activity a web session ends, as Wikitech has it (Metrics_Platform/Identifiers). */
export const PROMISED = 30 * 60_000;

/**
 * The longest time from the end of all page loads of a session to the begin of its next one, in milliseconds: no page of
 * it was open. The cookie of the session id does not end by that (mediawiki resources/src/mediawiki.user.js).
 */
export function longestIdle(loads: readonly Pick<PageLoad, 'began' | 'ended'>[]): number {
  let longest = 0;
  let until = Infinity;
  for (const { began, ended } of loads.toSorted((a, b) => a.began - b.began)) {
    longest = Math.max(longest, began - until);
    until = Math.max(until === Infinity ? 0 : until, ended ?? Infinity);
  }
  return longest;
}
