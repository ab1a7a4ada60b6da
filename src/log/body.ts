/** The events that a request carries. */

import { beaconText } from '../platform/legacy.ts';
import type { SendFact } from '../record/facts.ts';
import type { Json } from '../record/record.ts';
import { parseJson } from './json.ts';

export interface Carried {
  event: Json;
  /** The event as JSON: of a body that is one event, the body itself. */
  text: string;
}

/**
 * The events of a request, in its order: its body is one event or an array of them, or its URL has a legacy event. A
 * body that does not parse is one "event", its text. Null where the body cannot be read.
 */
export function eventsOf({ body, url, truncated }: SendFact): Carried[] | null {
  if (truncated) return null;
  const text = body ?? beaconText(url);
  if (text === null) return null;
  const value = parseJson(text);
  if (value === undefined) return [{ event: text, text: JSON.stringify(text) }];
  return Array.isArray(value) ? value.map(event => ({ event, text: JSON.stringify(event) })) : [{ event: value, text }];
}
