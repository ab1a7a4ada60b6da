/**
 * The platform's own functions, taken at document_start before any page code can replace them. Capture uses these and
 * no others: no method of a prototype that the page may have changed, no iterator.
 */

export const { apply, ownKeys, getPrototypeOf, deleteProperty } = Reflect;
export const { assign, create, hasOwn, setPrototypeOf } = Object;
export const { isArray } = Array;
export const { stringify, parse } = JSON;

/** Takes the prototype from an object of ours: what is not there is not looked up where the page may have put something. */
export const bare = <T extends object>(object: T): T => {
  setPrototypeOf(object, null);
  return object;
};

/** Objects that inherit nothing, as `Object.create(null)` gives them, but of the kind that browsers are quick with. */
export const Plain = function () {} as unknown as new () => { [key: PropertyKey]: unknown };
Plain.prototype = create(null);

const { defineProperty: define } = Object;
/**
 * The descriptor of an own property as the platform gives it: it inherits what the page has put on `Object.prototype`, so
 * ask `hasOwn` for what it need not have. Taking its prototype would cost more than all else in a call.
 */
export const { getOwnPropertyDescriptor: descriptor } = Object;
/** The same without a prototype: a data property has no `get` of `Object.prototype`. Dear. */
export const describe = (object: object, key: PropertyKey): PropertyDescriptor | undefined => {
  const property = descriptor(object, key);
  return property && bare(property);
};
export const defineProperty = (object: object, key: PropertyKey, property: PropertyDescriptor): object =>
  define(object, key, bare(property));
/** Sets an own property, past every setter, as an assignment makes it. */
export const put = (object: object, key: PropertyKey, value: unknown): object =>
  defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
/** Makes a property again what `describe` has said of it. */
export const restore = (object: object, key: PropertyKey, before: PropertyDescriptor | undefined): unknown =>
  before ? defineProperty(object, key, before) : deleteProperty(object, key);
/** Runs with another value in a property, which is put back at once. */
export const instead = <R>(object: object, key: PropertyKey, value: unknown, run: () => R): R => {
  const before = describe(object, key);
  try {
    put(object, key, value);
    return run();
  } finally {
    restore(object, key, before);
  }
};

/** Runs our own part: its fault, or a page object that throws when looked at, is never the page's problem. */
export const quietly = <R>(task: () => R): R | undefined => {
  try {
    return task();
  } catch {
    return undefined;
  }
};

export const nothing = (): undefined => undefined;

/** A method as a function of its `this`. */
export const uncurry =
  <T, A extends unknown[], R>(method: (this: T, ...args: A) => R) =>
  (self: unknown, ...args: A): R =>
    apply(method, self as T, args);

/** The getter of a prototype's property, as a function of its `this`. */
export const getter = (prototype: object, key: string): ((self: unknown) => unknown) =>
  uncurry(describe(prototype, key)?.get as () => unknown);

const { prototype: text } = String;
export const slice = uncurry(text.slice);
export const indexOf = uncurry(text.indexOf);
export const upper = uncurry(text.toUpperCase);
/** `exec` and not `test`, which would look up the page's `exec`. */
export const exec = uncurry(RegExp.prototype.exec);

/** Milliseconds since the epoch. */
export const { now } = Date;
export const later = uncurry(setTimeout) as unknown as (self: Window, task: () => void, milliseconds: number) => void;
export const soon = uncurry(queueMicrotask) as unknown as (self: Window, task: () => void) => void;

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const weak = WeakMap.prototype;
export const remember = uncurry(weak.set) as <V>(map: WeakMap<object, V>, key: object, value: V) => void;
export const remembered = uncurry(weak.get as (key: unknown) => unknown) as <V>(
  map: WeakMap<object, V>,
  key: unknown,
) => V | undefined;

const { prototype: date } = Date;
const toISOString = uncurry(date.toISOString);
/** The ISO text of a genuine Date, undefined for anything else. Runs no method of the page. */
export const isoOfDate = (value: object): string | undefined =>
  getPrototypeOf(value) === date ? quietly(() => toISOString(value)) : undefined;

const { prototype: promises } = Promise;
/** `then` of a promise. Not by that name: what imports a module whole would wait for it. */
export const chain = uncurry(promises.then) as (
  promise: unknown,
  onFulfilled: (value: unknown) => unknown,
  onRejected?: () => unknown,
) => unknown;
export const isPromise = (value: unknown): boolean => isObject(value) && getPrototypeOf(value) === promises;
/**
 * Looks at a promise's fulfilment. Its rejection is left to the page, but counts as handled: see ARCHITECTURE, declared
 * differences. `then` would ask the page's `Promise.prototype.constructor`, were there none of its own.
 */
export const onFulfilled = (promise: unknown, look: (value: unknown) => void): void => {
  quietly(() => {
    if (!isPromise(promise) || describe(promise as object, 'constructor')) return;
    defineProperty(promise as object, 'constructor', { value: undefined, configurable: true });
    chain(promise, look, nothing);
    deleteProperty(promise as object, 'constructor');
  });
};

/** The value of an own data property; undefined where there is none or where reading would run an accessor. */
export const own = (holder: unknown, key: PropertyKey): unknown => {
  if (!isObject(holder)) return undefined;
  try {
    const property = descriptor(holder, key);
    return property && hasOwn(property, 'value') ? property.value : undefined;
  } catch {
    return undefined; // a Proxy that throws, or is revoked
  }
};

/** `own`, as text: undefined unless it is a string. */
export const ownText = (holder: unknown, key: PropertyKey): string | undefined => {
  const value = own(holder, key);
  return typeof value === 'string' ? value : undefined;
};

/** The object on which this property is found: the one given, or one of its prototypes; undefined where there is none. */
export const holderOf = (object: unknown, key: PropertyKey): object | undefined =>
  quietly(() => {
    let at = object as object | null;
    // a Proxy's chain of prototypes need not end
    for (let depth = 0; at && depth < 8; depth++) {
      if (describe(at, key)) return at;
      at = getPrototypeOf(at);
    }
    return undefined;
  });

const accepted = new Response(null, { status: 202 });
const clone = uncurry(Response.prototype.clone);
/** What `fetch` answers for an event that is held: as the intake would. */
export const answerAccepted = async (): Promise<Response> => clone(accepted);
