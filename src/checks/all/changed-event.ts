import type { Json, JsonObject } from '../../record/record.ts';
import { below } from '../../platform/pointer.ts';
import { NOTHING, type Check } from '../types.ts';

type Container = JsonObject | Json[];

const isContainer = (value: Json | undefined): value is Container => typeof value === 'object' && value !== null;
const own = (value: Container, key: string): Json | undefined =>
  Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined;

/** The steps to where two values differ first; null where they do not. Paths are built only of what differs. */
function difference(one: Json | undefined, other: Json | undefined): string[] | null {
  if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other)) {
    return one === other ? null : [];
  }
  const keys = Object.keys(one);
  for (const key of keys) {
    const found = difference(own(one, key), own(other, key));
    if (found) return [key, ...found];
  }
  const others = Object.keys(other);
  const added = others.length === keys.length ? undefined : others.find(key => !Object.hasOwn(one, key));
  return added === undefined ? null : [added];
}

export const changedEvent: Check = {
  name: 'changed-event',
  severity: 'warning',
  what: 'The event that was sent is not the one that was given to the client.',
  why: 'The queue holds the caller’s own object: what the caller writes into it later changes the event.',
  source: 'mediawiki-extensions-EventLogging modules/ext.eventLogging/BackgroundQueue.js',
  look({ event, atCall, record }) {
    if (!atCall || record.reconstructed || record.truncated) return NOTHING;
    const steps = difference(atCall, event);
    return steps
      ? [{ message: 'This was changed between the call and the sending', path: steps.reduce(below, '') }]
      : NOTHING;
  },
};
