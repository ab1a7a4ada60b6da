/** Replaces the page's functions so that the page cannot tell: same result, exceptions, `this`, name and length. */

import {
  apply,
  defineProperty,
  deleteProperty,
  describe,
  isObject,
  nothing,
  Plain,
  put,
  quietly,
  remember,
  remembered,
} from './natives.ts';

export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
export type Arguments = ArrayLike<unknown>;

const ours = new WeakMap<object, true>();
let undos: { run: () => void; before: typeof undos } | null = null;

type Make = (original: AnyFunction) => AnyFunction;

/** `make(original)`, with the original's name and length. */
function disguise(original: AnyFunction, make: Make): AnyFunction {
  const value = make(original);
  remember(ours, value, true);
  const copy = (trait: string) => defineProperty(value, trait, describe(original, trait) as PropertyDescriptor);
  copy('name');
  copy('length');
  return value;
}

/**
 * Puts `make(original)` in the place of an own function, or of the one that an own getter answers (a deprecated name of
 * `mw.log.deprecate`); nothing happens where there is none, or it is ours already.
 */
export const replace = (holder: unknown, key: string, make: Make): void =>
  quietly(() => {
    if (!isObject(holder)) return;
    const property = describe(holder, key);
    const get = property?.get;
    const original = (get ?? property?.value) as AnyFunction | undefined;
    if (typeof original !== 'function' || remembered(ours, original)) return;
    let last: unknown;
    let made: AnyFunction | undefined;
    const replacement = disguise(
      original,
      get
        ? () =>
            ({
              get(this: unknown) {
                const answered = apply(original, this, []);
                if (answered !== last) {
                  last = answered;
                  made =
                    typeof answered === 'function' ? quietly(() => disguise(answered as AnyFunction, make)) : undefined;
                }
                return made ?? answered;
              },
            }).get
        : make,
    );
    defineProperty(holder, key, get ? { ...property, get: replacement } : { ...property, value: replacement });
    const run = () => {
      const now = describe(holder, key);
      if (now?.value === replacement || now?.get === replacement)
        defineProperty(holder, key, property as PropertyDescriptor);
    };
    undos = { run, before: undos };
  });

/** The first of the arguments, where what is missing is looked up nowhere else: no adapter looks at more. */
function given(args: unknown[]): Arguments {
  const copy = new Plain();
  const { length } = args;
  for (let i = 0; i < length && i < 5; i++) copy[i] = args[i];
  copy['length'] = length;
  return copy as unknown as Arguments;
}

type Before<State> = (args: Arguments, self: unknown) => State | undefined;
type After<State> = (state: State | undefined, result: unknown, failed: boolean) => void;

/**
 * The original, looked on: `before` at the call, `after` at its end (`failed`: the original threw `result`). Neither
 * changes anything; what they throw is swallowed. `state` is undefined where `before` failed.
 */
export const around = <State>(
  original: AnyFunction,
  before: Before<State>,
  after: After<State> = nothing,
): AnyFunction =>
  ({
    // a method, since methods are no constructors
    look(this: unknown, ...args: unknown[]) {
      const state = quietly(() => before(given(args), this));
      let result: unknown;
      let failed = true;
      try {
        result = apply(original, this, args);
        failed = false;
        return result;
      } catch (error) {
        result = error;
        throw error;
      } finally {
        quietly(() => after(state, result, failed));
      }
    },
  }).look;

/** What `make` puts in the original's place, looked on. */
export const look = <State>(
  holder: unknown,
  key: string,
  make: Make,
  before: Before<State>,
  after?: After<State>,
): void => replace(holder, key, original => around(make(original), before, after));

export const wrap = <State>(holder: unknown, key: string, before: Before<State>, after?: After<State>): void =>
  look(holder, key, original => original, before, after);

/** Calls `attach` once, when the property is set to an object or function, or now if it is set already. */
export const whenSet = (holder: object, key: string, attach: (value: object) => void): void =>
  quietly(() => {
    const property = describe(holder, key);
    if (property) {
      if (isObject(property.value)) attach(property.value);
      return;
    }
    const get = () => undefined; // one of its own, to be told from another's
    defineProperty(holder, key, {
      configurable: true,
      get,
      set(this: object, value: unknown) {
        put(this, key, value);
        if (isObject(value)) quietly(() => attach(value));
      },
    });
    const run = () => {
      if (describe(holder, key)?.get === get) deleteProperty(holder, key);
    };
    undos = { run, before: undos };
  });

/** Adds one more thing to be put back. */
export const onUndo = (run: () => void): void => {
  undos = { run, before: undos };
};

/** The originals are back: the extension has gone. */
export let isUndone = false;

/** Puts all originals back where ours are still in place. */
export function undo(): void {
  isUndone = true;
  for (; undos; undos = undos.before) quietly(undos.run);
}
