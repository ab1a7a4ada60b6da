/** Snapshots: any value of the page as JSON text, by own property descriptors. No accessor, no `toJSON`, no page method runs. */

import { describe, isArray, isoOfDate, own, ownKeys, slice, stringify } from './natives.ts';

const MAX_TEXT = 300_000;
const MAX_STRING = 100_000;
const MAX_DEPTH = 64;
const MAX_VALUES = 20_000;

/** JSON text that goes into a fact as it stands. */
export class Raw {
  constructor(
    readonly text: string,
    /** Something was left out: too large, cyclic, an accessor, a BigInt. */
    readonly truncated: boolean,
  ) {}
}

interface Walk {
  size: number;
  values: number;
  truncated: boolean;
}

/** An object on the way from the root, to tell a cycle from an object that is merely shared. */
interface Ancestor {
  object: object;
  parent: Ancestor | null;
}

const isAncestor = (object: object, ancestor: Ancestor | null): boolean => {
  for (let at = ancestor; at; at = at.parent) if (at.object === object) return true;
  return false;
};

function quote(text: string, walk: Walk): string {
  let kept = text;
  if (text.length > MAX_STRING) {
    walk.truncated = true;
    kept = slice(text, 0, MAX_STRING);
  }
  const quoted = stringify(kept);
  walk.size += quoted.length;
  return quoted;
}

/** Undefined where JSON has no place for the value, as in JSON.stringify. */
function write(value: unknown, walk: Walk, depth: number, parent: Ancestor | null): string | undefined {
  switch (typeof value) {
    case 'string':
      return quote(value, walk);
    case 'number':
      walk.size += 8;
      return value - value === 0 ? `${value}` : 'null';
    case 'boolean':
      walk.size += 5;
      return value ? 'true' : 'false';
    case 'bigint':
      walk.truncated = true;
      return quote(`${value}`, walk);
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return 'null';
  if (value instanceof Raw) {
    if (value.truncated) walk.truncated = true;
    return value.text;
  }
  if (depth >= MAX_DEPTH || isAncestor(value, parent)) {
    walk.truncated = true;
    return 'null';
  }
  const ancestor: Ancestor = { object: value, parent };
  return isArray(value) ? writeArray(value, walk, depth, ancestor) : writeObject(value, walk, depth, ancestor);
}

const isFull = (walk: Walk): boolean => {
  walk.values += 1;
  if (walk.size <= MAX_TEXT && walk.values <= MAX_VALUES) return false;
  walk.truncated = true;
  return true;
};

function writeArray(array: object, walk: Walk, depth: number, ancestor: Ancestor): string {
  const length = own(array, 'length') as number;
  let text = '';
  for (let i = 0; i < length && !isFull(walk); i += 1) {
    const property = describe(array, i);
    if (property && !('value' in property)) walk.truncated = true;
    text += (i ? ',' : '') + (write(property?.value, walk, depth + 1, ancestor) ?? 'null');
  }
  return `[${text}]`;
}

function writeObject(object: object, walk: Walk, depth: number, ancestor: Ancestor): string {
  const date = isoOfDate(object);
  if (date !== undefined) return quote(date, walk);
  const keys = ownKeys(object);
  const { length } = keys;
  let text = '';
  for (let i = 0; i < length; i += 1) {
    const key = keys[i];
    if (typeof key !== 'string') continue;
    const property = describe(object, key);
    if (!property?.enumerable) continue;
    if (isFull(walk)) break;
    if (!('value' in property)) {
      walk.truncated = true;
      continue;
    }
    const written = write(property.value, walk, depth + 1, ancestor);
    if (written !== undefined) text += `${text && ','}${quote(key, walk)}:${written}`;
  }
  return `{${text}}`;
}

/**
 * A value of the page as JSON text: at most some 300 kB, 64 levels and 20,000 values; beyond that, and where a value
 * cannot be read without running page code, it says `truncated`. Never throws; runs Proxy traps and nothing else.
 */
export function snapshot(value: unknown): Raw | undefined {
  const walk: Walk = { size: 0, values: 0, truncated: false };
  try {
    const text = write(value, walk, 0, null);
    return text === undefined ? undefined : new Raw(text, walk.truncated);
  } catch {
    return new Raw('null', true); // a Proxy that throws, a revoked Proxy
  }
}

/** A fact of ours, whose page values are `Raw` already, as one line of JSON. Undefined fields are left out. */
export const line = (fact: object): string => write(fact, { size: 0, values: 0, truncated: false }, 0, null) as string;
