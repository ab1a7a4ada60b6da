import type { Json, JsonObject } from '../../record/record.ts';
import { below } from '../../validation/pointer.ts';
import { NOTHING, type Check } from '../types.ts';

const isContainer = (value: Json | undefined): value is JsonObject | Json[] =>
  typeof value === 'object' && value !== null;

/** Where two values differ first; null where they do not. */
function difference(one: Json | undefined, other: Json | undefined, path: string): string | null {
  if (!isContainer(one) || !isContainer(other) || Array.isArray(one) !== Array.isArray(other))
    return one === other ? null : path;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const [a, b] = [one, other].map(object => Object.entries(object).find(([name]) => name === key)?.[1]);
    const found = difference(a, b, below(path, key));
    if (found !== null) return found;
  }
  return null;
}

export const changedEvent: Check = {
  name: 'changed-event',
  severity: 'warning',
  what: 'The event that was sent is not the one that was given to the client.',
  why: 'The queue holds the caller’s own object: what the caller writes into it later changes the event.',
  source: 'mediawiki-extensions-EventLogging modules/ext.eventLogging/BackgroundQueue.js',
  look({ event, atCall, record }) {
    if (!atCall || record.reconstructed || record.truncated) return NOTHING;
    const path = difference(atCall, event, '');
    return path === null ? NOTHING : [{ message: 'This was changed between the call and the sending', path }];
  },
};
