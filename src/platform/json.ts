/** JSON as it comes from pages and servers, read without trusting its shape. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The own property `key` of a JSON object; undefined for anything else, whatever `value` is. Never reads a prototype. */
export function at(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined;
}

export const isJsonObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What JavaScript's `<` makes of a value; NaN where it would throw (an object with a `toString` that is no function). */
export function toNumber(value: Json | undefined): number {
  try {
    return Number(value);
  } catch {
    return NaN;
  }
}

/** A string at this key of an event; null for anything else. */
export function textAt(event: Json | undefined, ...path: string[]): string | null {
  const value = path.reduce<Json | undefined>((object, key) => at(object, key), event);
  return typeof value === 'string' ? value : null;
}

/** A value as short JSON, for a sentence; `nothing` where there is none. */
export function brief(value: Json | undefined, nothing = 'nothing'): string {
  if (value === undefined) return nothing;
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
