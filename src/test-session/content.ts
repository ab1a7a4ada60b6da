/** What of an event is the same each time: all but its ids and times. Shared by duplicates, comparison and plans from recordings. */

import type { Json } from '../record/record.ts';

/** Names of fields whose values identify something. */
const ID_NAME =
  /^(?:id|.*_id|.*id|.*token|uuid|.*_uuid|ip|.*_ip|client_ip|subject|session|pageview|ua_string|user_?agent)$/i;
/** Names that end in "id" and identify nothing that changes. */
const CONSTANT_NAME = /^(?:namespace_id|.*_namespace_id|element_id|schema_id|valid|paid|.*grid|android|void)$/i;

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;
const HEX_ID = /^[\da-f]{16,128}$/i;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export type Volatile = 'time' | 'hex' | 'uuid' | 'id';

/** What kind of ever-changing value this is; null for one that stays. */
export function volatility(name: string, value: Json): Volatile | null {
  if (typeof value === 'string') {
    // Most texts are none of these, which their length or one letter tells sooner than a pattern.
    if (value.charCodeAt(10) === LETTER_T && TIME.test(value)) return 'time';
    if (value.length === 36 && UUID.test(value)) return 'uuid';
    if (value.length >= 16 && HEX_ID.test(value)) return 'hex';
  }
  if (typeof value === 'object' || typeof value === 'boolean') return null;
  if (typeof value === 'number' && value > 1e12 && value < 4e12) return 'time';
  return isIdName(name) ? 'id' : null;
}
const LETTER_T = 84;

function isIdName(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const is = ID_NAME.test(name) && !CONSTANT_NAME.test(name);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, is);
  return is;
}
/** Fields have the same few names in every record. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 2_000;

export interface Leaf {
  path: string;
  name: string;
  value: Json;
}

const DEEPEST = 60;

/** All values of an event that hold no others, by JSON Pointer; empty lists and maps count as values. */
export function leavesOf(value: Json, path = '', name = '', into: Leaf[] = []): Leaf[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (inside.length === 0 || path.length > DEEPEST * 40) into.push({ path, name, value });
  else {
    for (const [key, one] of inside) {
      const step = key.includes('~') || key.includes('/') ? key.replace(/~/g, '~0').replace(/\//g, '~1') : key;
      leavesOf(one, `${path}/${step}`, Array.isArray(value) ? name : key, into);
    }
  }
  return into;
}

/** One text for all events that are the same, ids and times aside. */
export function contentOf(event: Json): string {
  return leavesOf(event)
    .map(({ path, name, value }) => `${path}=${volatility(name, value) ?? JSON.stringify(value)}`)
    .sort()
    .join('\n');
}
