/**
 * The platform's own functions, taken at document_start before any page code can replace them. Capture uses these and
 * no others: no method of a prototype that the page may have changed, no array of its own, no iterator.
 */

export const { apply, ownKeys, getPrototypeOf, deleteProperty } = Reflect;
export const { create, defineProperty, getOwnPropertyDescriptor: describe, is } = Object;
export const { isArray } = Array;
export const stringify: (value: string) => string = JSON.stringify;
export const parse: (text: string) => unknown = JSON.parse;
export const dateNow = Date.now;

const DatePrototype = Date.prototype;
const { toISOString } = DatePrototype;
const { performance } = globalThis;
const performanceNow = performance.now;
const { timeOrigin } = performance;
const { setTimeout: nativeSetTimeout } = globalThis;
const { get: weakGet, set: weakSet } = WeakMap.prototype;
const { has: setHas } = Set.prototype;
const { exec } = RegExp.prototype;
const { slice: stringSlice, indexOf: stringIndexOf, toUpperCase } = String.prototype;
const { then: promiseThen } = Promise.prototype;

/** Milliseconds since the epoch, with a fraction. */
export const now = (): number => timeOrigin + apply(performanceNow, performance, []);

export const later = (task: () => void, milliseconds: number): void => {
  apply(nativeSetTimeout, globalThis, [task, milliseconds]);
};

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

export const remembered = <V>(map: WeakMap<object, V>, key: unknown): V | undefined =>
  isObject(key) ? (apply(weakGet, map, [key]) as V | undefined) : undefined;

export const remember = <V>(map: WeakMap<object, V>, key: object, value: V): void => {
  apply(weakSet, map, [key, value]);
};

export const setContains = (set: unknown, value: unknown): boolean => {
  try {
    return apply(setHas, set, [value]) as boolean;
  } catch {
    return false;
  }
};

/** Whether a pattern matches. `exec` and not `test`, which would look up the page's `exec`. */
export const matches = (pattern: RegExp, text: string): boolean => apply(exec, pattern, [text]) !== null;

export const slice = (text: string, from: number, to?: number): string =>
  apply(stringSlice, text, [from, to]) as string;
export const upper = (text: string): string => apply(toUpperCase, text, []) as string;
export const indexOf = (text: string, part: string, from = 0): number =>
  apply(stringIndexOf, text, [part, from]) as number;

/** The ISO text of a genuine Date, null for anything else. Runs no method of the page. */
export const isoOfDate = (value: object): string | null => {
  try {
    return getPrototypeOf(value) === DatePrototype ? (apply(toISOString, value, []) as string) : null;
  } catch {
    return null;
  }
};

/** Looks at a promise's fulfilment. Its rejection is left to the page, but counts as handled: see ARCHITECTURE, declared differences. */
export const onFulfilled = (promise: unknown, look: (value: unknown) => void): void => {
  try {
    apply(promiseThen, promise, [look, () => undefined]);
  } catch {
    // not a promise: nothing to look at
  }
};

/** The value of an own data property; undefined where there is none or where reading would run an accessor. */
export const own = (holder: unknown, key: PropertyKey): unknown => {
  if (!isObject(holder)) return undefined;
  try {
    return describe(holder, key)?.value;
  } catch {
    return undefined;
  }
};

/** `own`, as text: undefined unless it is a string. */
export const ownText = (holder: unknown, key: PropertyKey): string | undefined => {
  const value = own(holder, key);
  return typeof value === 'string' ? value : undefined;
};

const { Response: NativeResponse, Promise: NativePromise } = globalThis;
const { resolve: promiseResolve } = NativePromise;

/** What `fetch` answers for an event that is held: as the intake would. */
export const answerAccepted = (): Promise<Response> =>
  apply(promiseResolve, NativePromise, [new NativeResponse(null, { status: 202 })]) as Promise<Response>;
