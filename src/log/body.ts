/** The events that a request carries. */

import { beaconText } from '../platform/legacy.ts';
import type { SendFact } from '../record/facts.ts';
import type { Json } from '../record/record.ts';
import { parseJson } from './json.ts';

/**
 * The events of a request, in its order: its body is one event or an array of them, or its URL has a legacy event. A
 * body that does not parse is one "event", its text. Null where the body cannot be read.
 */
export function eventsOf({ body, url, truncated }: SendFact): Json[] | null {
  if (truncated) return null;
  const text = body ?? beaconText(url);
  if (text === null) return null;
  const value = parseJson(text) ?? text;
  return Array.isArray(value) ? value : [value];
}
