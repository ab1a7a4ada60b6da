/** The events that a request carries. */

import type { SendFact } from '../record/facts.ts';
import type { Json } from '../record/record.ts';
import { parseJson } from './json.ts';

/**
 * The events of a request's body, in its order: one object, an array of them, or the query string of a legacy beacon.
 * A body that is none of these is one "event", its text; a body that cannot be read is null.
 */
export function eventsOf(fact: SendFact): Json[] | null {
  const { body, truncated } = fact;
  if (body === undefined || truncated) return null;
  const value = parseJson(body) ?? parseQuery(body) ?? body;
  return Array.isArray(value) ? value : [value];
}

/** `<encoded JSON>;`, as mediawiki-extensions-EventLogging modules/ext.eventLogging/core.js (makeBeaconUrl) writes it. */
function parseQuery(query: string): Json | undefined {
  const encoded = query.replace(/^\?/, '').replace(/;$/, '');
  if (!encoded.startsWith('%7B') && !encoded.startsWith('{')) return undefined;
  try {
    return parseJson(decodeURIComponent(encoded));
  } catch {
    return undefined;
  }
}
