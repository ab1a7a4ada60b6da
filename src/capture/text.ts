/** Snapshots: any value of the page as JSON text, by own property descriptors. No accessor, no `toJSON`, no page method runs. */

import { describe, isArray, isoOfDate, own, ownKeys, slice, stringify } from './natives.ts';

const MAX_TEXT = 300_000;
const MAX_STRING = 100_000;
const MAX_DEPTH = 64;

/** JSON text that goes into a fact as it stands. */
export class Raw {
  constructor(
    readonly text: string,
    /** Something was left out: too large, cyclic, an accessor, a BigInt. */
    readonly truncated: boolean,
  ) {}
}

interface Walk {
  /** About the length of the text so far; at least 2 a value. */
  size: number;
  truncated: boolean;
}

/** An object on the way from the root, to tell a cycle from an object that is merely shared. */
interface Ancestor {
  object: object;
  parent: Ancestor | undefined;
}

function quote(value: string, walk: Walk): string {
  if (value.length > MAX_STRING) walk.truncated = true;
  const quoted = stringify(slice(value, 0, MAX_STRING));
  walk.size += quoted.length;
  return quoted;
}

/** Undefined where JSON has no place for the value, as in JSON.stringify. */
function write(value: unknown, walk: Walk, parent?: Ancestor): string | undefined {
  walk.size += 2;
  if (typeof value === 'string') return quote(value, walk);
  if (typeof value === 'number') return value - value === 0 ? `${value}` : 'null';
  if (typeof value === 'boolean') return `${value}`;
  if (typeof value === 'bigint') {
    walk.truncated = true;
    return quote(`${value}`, walk);
  }
  if (value === null) return 'null';
  if (typeof value !== 'object') return undefined;
  if (value instanceof Raw) {
    walk.truncated ||= value.truncated;
    return value.text;
  }
  const date = isoOfDate(value);
  if (date !== undefined) return quote(date, walk);
  let depth = 0;
  for (let at = parent; at; at = at.parent) {
    if (at.object !== value && ++depth < MAX_DEPTH) continue;
    walk.truncated = true;
    return 'null';
  }
  return writeObject(value, walk, { object: value, parent });
}

function writeObject(object: object, walk: Walk, ancestor: Ancestor): string {
  const isList = isArray(object);
  const keys = isList ? object : ownKeys(object);
  const length = own(keys, 'length') as number;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    const key = isList ? i : (keys[i] as PropertyKey);
    const property = describe(object, key);
    if (typeof key === 'symbol' || (!property?.enumerable && !isList)) continue;
    if (walk.size > MAX_TEXT) {
      walk.truncated = true;
      break;
    }
    if (property?.get || property?.set) walk.truncated = true;
    const written = write(property?.value, walk, ancestor);
    if (isList) text += `${i ? ',' : ''}${written ?? 'null'}`;
    else if (written !== undefined) text += `${text && ','}${quote(key as string, walk)}:${written}`;
  }
  return isList ? `[${text}]` : `{${text}}`;
}

/**
 * A value of the page as JSON text: at most some 300 kB and 64 levels; beyond that, and where a value cannot be read
 * without running page code, it says `truncated`. Never throws; runs Proxy traps and nothing else.
 */
export function snapshot(value: unknown): Raw | undefined {
  const walk = { size: 0, truncated: false };
  try {
    const text = write(value, walk);
    return text === undefined ? undefined : new Raw(text, walk.truncated);
  } catch {
    return new Raw('null', true); // a Proxy that throws or is revoked
  }
}

/** A fact of ours, whose page values are `Raw` already, as one line of JSON. Undefined fields are left out. */
export const line = (fact: object): string => write(fact, { size: 0, truncated: false }) as string;
