/** Replaces the page's functions so that the page cannot tell: same result, exceptions, `this`, name and length. */

import { apply, defineProperty, deleteProperty, describe, isObject, own, remember, remembered } from './natives.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
export type Arguments = ArrayLike<unknown>;

/** What a wrapper does around the original. Neither may change arguments or result; what they throw is swallowed. */
export interface Around<State> {
  before(self: unknown, args: Arguments): State;
  /** `failed`: the original threw `result`. `state` is undefined where `before` failed. */
  after?(state: State | undefined, result: unknown, failed: boolean): void;
}

export interface Wraps {
  wrap<State>(holder: unknown, key: string, around: Around<State>): void;
  /** Puts `make(original)` in the place of an own function; nothing happens where there is none, or it is ours already. */
  replace(holder: unknown, key: string, make: (original: AnyFunction) => AnyFunction): void;
  /** Calls `attach` once, when the property is set to an object or function, or now if it is set already. */
  whenSet(holder: object, key: string, attach: (value: object) => void): void;
  /** Puts all originals back where ours are still in place. */
  undo(): void;
}

interface Undo {
  run: () => void;
  next: Undo | null;
}

const quietly = (task: () => void): void => {
  try {
    task();
  } catch {
    // our own fault, or a page object that throws when looked at: never the page's problem
  }
};

export function createWraps(): Wraps {
  const ours = new WeakMap<object, true>();
  let undos: Undo | null = null;

  const replace: Wraps['replace'] = (holder, key, make) =>
    quietly(() => {
      if (!isObject(holder)) return;
      const property = describe(holder, key);
      const original = property?.value as AnyFunction | undefined;
      if (!property || typeof original !== 'function' || remembered(ours, original)) return;
      const replacement = make(original);
      remember(ours, replacement, true);
      defineProperty(replacement, 'name', { value: own(original, 'name'), configurable: true });
      defineProperty(replacement, 'length', { value: own(original, 'length'), configurable: true });
      defineProperty(holder, key, { ...property, value: replacement });
      const undo = () => {
        if (own(holder, key) === replacement) defineProperty(holder, key, { ...property, value: original });
      };
      undos = { run: undo, next: undos };
    });

  return {
    replace,
    wrap<State>(holder: unknown, key: string, { before, after }: Around<State>) {
      replace(holder, key, original => {
        const { wrapper } = {
          wrapper(this: unknown): unknown {
            let state: State | undefined;
            try {
              // eslint-disable-next-line prefer-rest-params -- a rest parameter would cost an array that the page's prototypes can reach
              state = before(this, arguments);
            } catch {
              // see quietly
            }
            let result: unknown;
            try {
              // eslint-disable-next-line prefer-rest-params -- as above
              result = apply(original, this, arguments);
            } catch (error) {
              if (after) quietly(() => after(state, error, true));
              throw error;
            }
            if (after) quietly(() => after(state, result, false));
            return result;
          },
        };
        return wrapper;
      });
    },
    whenSet(holder, key, attach) {
      quietly(() => {
        const property = describe(holder, key);
        if (property) {
          if (isObject(property.value)) attach(property.value);
          return;
        }
        const get = () => undefined;
        defineProperty(holder, key, {
          configurable: true,
          enumerable: false,
          get,
          set(this: unknown, value: unknown) {
            const receiver = isObject(this) ? this : holder;
            defineProperty(receiver, key, { value, writable: true, enumerable: true, configurable: true });
            if (receiver === holder && isObject(value)) quietly(() => attach(value));
          },
        });
        const undo = () => {
          if (describe(holder, key)?.get === get) deleteProperty(holder, key);
        };
        undos = { run: undo, next: undos };
      });
    },
    undo() {
      for (let at = undos; at; at = at.next) quietly(at.run);
      undos = null;
    },
  };
}
