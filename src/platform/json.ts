/** JSON as it comes from pages and servers, read without trusting its shape. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The own property `key` of a JSON object; undefined for anything else, whatever `value` is. Never reads a prototype. */
export function at(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;
}

/** What JavaScript's `<` makes of a value; NaN where it would throw (an object with a `toString` that is no function). */
export function toNumber(value: Json | undefined): number {
  try {
    return Number(value);
  } catch {
    return NaN;
  }
}
