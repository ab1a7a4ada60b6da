/** Paths into events. */

import type { Json } from '../../record/record.ts';

/** What stands at a path, going into every member of lists on the way; undefined for nothing. */
export function valueAt(value: Json | undefined, path: readonly string[], from = 0): Json | undefined {
  const step = path[from];
  if (step === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const found = value.map(member => valueAt(member, path, from)).filter(member => member !== undefined);
    return found.length > 0 ? found : undefined;
  }
  if (Object.hasOwn(value, step)) return valueAt(value[step], path, from + 1);
  // A name may have dots itself.
  for (let to = from + 2; to <= path.length && to <= from + 4; to++) {
    const name = path.slice(from, to).join('.');
    if (Object.hasOwn(value, name)) return valueAt(value[name], path, to);
  }
  return undefined;
}

const DEEPEST = 20;

/** Calls `look` for each member of an event that is no object or list, with its path; at most so many. */
export function walk(event: Json, look: (path: string, value: Json) => void, most: number): void {
  let left = most;
  function go(value: Json, path: string, depth: number): void {
    if (left <= 0) return;
    if (typeof value !== 'object' || value === null || depth > DEEPEST) {
      left--;
      look(path, value);
    } else if (Array.isArray(value)) for (const member of value) go(member, path, depth + 1);
    else for (const name in value) go(value[name] ?? null, path === '' ? name : `${path}.${name}`, depth + 1);
  }
  go(event, '', 0);
}
