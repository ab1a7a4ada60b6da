/** JSON Pointers (RFC 6901): what an error is about in a value. */

import type { Json } from './json.ts';

/** The steps of a pointer; null where it is none. */
export function stepsOf(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/')) return null;
  return pointer
    .slice(1)
    .split('/')
    .map(step => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

/** A pointer one step further. */
export const below = (pointer: string, step: string): string =>
  `${pointer}/${step.replace(/~/g, '~0').replace(/\//g, '~1')}`;

/** The value at a pointer; undefined where there is none. Reads own properties only. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return stepsOf(pointer)?.reduce<Json | undefined>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) return undefined;
    return Array.isArray(inner) ? inner[Number(step)] : inner[step];
  }, value);
}
