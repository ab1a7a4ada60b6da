/**
 * Snapshots: any value of the page as a copy of our own, by own property descriptors, which the platform then writes as
 * JSON in one go. No accessor, no `toJSON`, no page method runs.
 */

import {
  descriptor,
  hasOwn,
  isArray,
  isoOfDate,
  own,
  ownKeys,
  Plain,
  setPrototypeOf,
  slice,
  stringify,
} from './natives.ts';

const MAX_TEXT = 300_000;
const MAX_STRING = 100_000;
const MAX_DEPTH = 64;
/** Where the count begins for what is ours: of it nothing is left out, since without a field it would be no fact. */
const OURS = -1e9;

/** A copy of a value of the page. */
export class Raw {
  constructor(
    readonly copy: unknown,
    /** Something was left out: too large, cyclic, an accessor, a BigInt. */
    readonly truncated: boolean,
  ) {}
}

interface Walk {
  /** About the length of the text so far; at least 2 a value. */
  size: number;
  truncated: boolean;
  /** Leaves out what is a snapshot already. */
  bare?: boolean;
}

/** An object on the way from the root, to tell a cycle from an object that is merely shared. */
interface Ancestor {
  object: object;
  parent: Ancestor | undefined;
}

function cut(value: string, walk: Walk): string {
  walk.size += value.length;
  if (value.length <= MAX_STRING) return value;
  walk.truncated = true;
  return slice(value, 0, MAX_STRING);
}

/** Undefined where JSON has no place for the value, as in JSON.stringify. */
function copy(value: unknown, walk: Walk, parent?: Ancestor): unknown {
  walk.size += 2;
  if (typeof value === 'string') return cut(value, walk);
  if (typeof value === 'bigint') {
    walk.truncated = true;
    return cut(`${value}`, walk);
  }
  if (typeof value === 'function') return undefined; // the platform would look for its `toJSON`
  if (typeof value !== 'object' || value === null) return value;
  let depth = 0;
  for (let at = parent; at; at = at.parent) {
    if (at.object !== value && ++depth < MAX_DEPTH) continue;
    walk.truncated = true;
    return null;
  }
  try {
    if (value instanceof Raw) return walk.bare ? null : value.copy;
    return isoOfDate(value) ?? copyObject(value, walk, { object: value, parent });
  } catch {
    walk.truncated = true; // a Proxy that throws or is revoked
    return null;
  }
}

function copyObject(object: object, walk: Walk, ancestor: Ancestor): object {
  const isList = isArray(object);
  const keys = isList ? object : ownKeys(object);
  const length = own(keys, 'length') as number;
  const result = isList ? (setPrototypeOf([], null) as { [index: PropertyKey]: unknown }) : new Plain();
  for (let i = 0; i < length; i += 1) {
    const key = isList ? i : (keys[i] as PropertyKey);
    const property = descriptor(object, key);
    if (typeof key === 'symbol' || (!property?.enumerable && !isList)) continue;
    if (walk.size > MAX_TEXT) {
      walk.truncated = true;
      break;
    }
    walk.size += isList ? 1 : (key as string).length + 4;
    const isData = property !== undefined && hasOwn(property, 'value');
    const value = isData ? (property.value as unknown) : undefined;
    // What an accessor gives, only it knows; and what the platform would write instead, only a `toJSON`.
    if ((property && !isData) || (key === 'toJSON' && typeof value === 'function')) walk.truncated = true;
    const copied = copy(value, walk, ancestor);
    if (isList || copied !== undefined) result[key] = copied ?? null;
  }
  return result;
}

/**
 * A value of the page as it is now: at most some 300 kB of JSON text and 64 levels; beyond that, and where a value cannot
 * be read without running page code, it says `truncated`. Never throws; runs Proxy traps and nothing else.
 */
export function snapshot(value: unknown): Raw | undefined {
  const walk = { size: 0, truncated: false };
  const copied = copy(value, walk);
  return copied === undefined || typeof copied === 'symbol' ? undefined : new Raw(copied, walk.truncated);
}

/**
 * A fact of ours, whose page values are `Raw` already, as one line of JSON. Undefined fields are left out; so are the page's
 * values where escapes have made the text far longer than the page's.
 */
export function line(fact: { [field: string]: unknown }): string {
  const walk = { size: OURS, truncated: false };
  const copied = copy(fact, walk) as typeof fact;
  if (walk.truncated) copied['truncated'] = true;
  const text = stringify(copied);
  if (text.length < 4 * MAX_TEXT) return text;
  fact['truncated'] = true;
  return stringify(copy(fact, { size: OURS, truncated: false, bare: true }));
}
