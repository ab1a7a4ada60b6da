/** Guards for what comes from a page: each tells, at run time, whether a value has a type. */

import type { Json, JsonObject } from '../record/record.ts';

export type Guard<T> = (value: unknown) => value is T;

/** Names, messages and URLs beyond this are no real ones. */
const LONGEST = 100_000;
/** The end of the year 9999: the last that ISO 8601 writes with four digits. */
const LATEST = 253_402_300_799_999;

export const isString: Guard<string> = (value): value is string => typeof value === 'string' && value.length <= LONGEST;
export const isText: Guard<string> = value => typeof value === 'string';
export const isBoolean: Guard<boolean> = value => typeof value === 'boolean';
export const isNumber: Guard<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
/** A time: milliseconds since the epoch. */
export const isTime: Guard<number> = (value): value is number => isNumber(value) && value >= 0 && value <= LATEST;
export const isSeq: Guard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 1;
/** Anything that JSON.parse gave. */
export const isJson: Guard<Json> = (value): value is Json => value !== undefined;
export const isObject: Guard<JsonObject> = (value): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** An object of things by name. PHP writes an empty one as `[]`. */
export const isMap: Guard<JsonObject> = (value): value is JsonObject =>
  isObject(value) || (Array.isArray(value) && value.length === 0);
export const isFalse: Guard<false> = value => value === false;
export const isNull: Guard<null> = value => value === null;

export const oneOf =
  <const T>(list: readonly T[]): Guard<T> =>
  (value): value is T =>
    list.some(item => item === value);

export const either =
  <A, B>(a: Guard<A>, b: Guard<B>): Guard<A | B> =>
  (value): value is A | B =>
    a(value) || b(value);

/** Accepts what `guard` accepts, and an absent field. */
export const optional =
  <T>(guard: Guard<T>): Guard<T> =>
  (value): value is T =>
    value === undefined || guard(value);

export const list =
  <T>(guard: Guard<T>): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.every(guard);

export type Fields<T> = { [K in keyof T]-?: Guard<T[K]> };

/** A guard for each field, by own properties; other fields are ignored. */
export function shape<T extends object>(fields: Fields<T>): Guard<T> {
  const guards = Object.entries<Guard<unknown>>(fields);
  return (value): value is T =>
    isObject(value) && guards.every(([key, guard]) => guard(Object.hasOwn(value, key) ? value[key] : undefined));
}

/** A copy with those fields that are what they have to be. Those that must be there are known to be: `value` has them. */
export function only<T extends object, K extends keyof T>(value: Pick<T, K>, fields: Fields<T>): T {
  const guards = new Map<string, Guard<unknown>>(Object.entries(fields));
  return Object.fromEntries(Object.entries(value).filter(([key, field]) => guards.get(key)?.(field))) as T;
}
