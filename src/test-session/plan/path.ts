/** Paths in an event: `performer.session_id`, or as a JSON Pointer `/performer/session_id` where a name has a dot. */

import { at as own } from '../../platform/json.ts';
import { below, stepsOf as stepsOfPointer } from '../../platform/pointer.ts';
import type { Json } from '../../record/record.ts';

/** The names along a path. */
export const stepsOf = (path: string): string[] => (path === '' ? null : stepsOfPointer(path)) ?? path.split('.');

/** The value at a path; undefined where there is none. Numbers lead into arrays. */
export function valueAt(event: Json, steps: readonly string[]): Json | undefined {
  let value: Json | undefined = event;
  for (const step of steps) {
    if (Array.isArray(value)) value = /^\d+$/.test(step) ? value[Number(step)] : undefined;
    else value = own(value, step);
  }
  return value;
}

/** A pointer for the names of a path. */
export const pointerOf = (steps: readonly string[]): string => steps.reduce(below, '');

/** Whether two JSON values are the same, whatever the order of their properties. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((value, index) => isSame(value, other[index]));
  }
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(name => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}
