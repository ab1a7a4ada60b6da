/** The log that keeps an experiment's exposure from being sent again and again: entries of a tab's sessionStorage. */

import { at, toNumber, type Json } from './json.ts';

/**
 * Minutes 5 for the first ten exposures, then 24 hours; in milliseconds.
 * Source: mediawiki-extensions-TestKitchen modules/ext.testKitchen/ExposureLogTracker.js.
 */
export const EXPOSURE_TTL = { short: 5 * 60_000, long: 24 * 60 * 60_000, shortUpTo: 10 };

const PREFIX = 'tk_exposure.';

export interface ExposureKey {
  experiment: string;
  group: string;
  /** `exposure_version` of the experiment's config; `v0` where it has none. */
  version: string;
}

export interface ExposureEntry extends ExposureKey {
  key: string;
  /** `live` suppresses the next exposure of the same key in this tab; `malformed` counts as none. */
  state: 'live' | 'expired' | 'malformed';
  /** Milliseconds since the epoch; null where it cannot be read. */
  expires: number | null;
  /** How many exposures were logged; null where it cannot be read. */
  count: number | null;
  /** How long the next one will suppress others, in milliseconds. */
  nextTtl: number;
}

/** The key of an exposure. Same source as `EXPOSURE_TTL` (makeKey). */
export function exposureKey({
  experiment,
  group,
  version,
}: Omit<ExposureKey, 'version'> & { version?: string | null }): string {
  return `${PREFIX}${experiment}:${group}:${version ?? 'v0'}`;
}

/** The parts of a key; null where it is another's. No name has a colon; a group forced by a URL may. */
export function readExposureKey(key: string): ExposureKey | null {
  const parts = /^tk_exposure\.([^:]*):(.*):([^:]*)$/s.exec(key);
  if (!parts) return null;
  const [, experiment = '', group = '', version = ''] = parts;
  return { experiment, group, version };
}

/**
 * The entries of a tab's sessionStorage, in its order. The reset epoch plays no part: the client compares it with a field
 * `ts` that it never writes.
 * @param storage keys and values as they are stored
 * @param now milliseconds since the epoch
 */
export function exposuresOf(storage: { readonly [key: string]: string }, now: number): ExposureEntry[] {
  return Object.entries(storage).flatMap(([key, value]) => {
    const parts = readExposureKey(key);
    return parts ? [{ ...parts, key, ...read(value, now) }] : [];
  });
}

/** Whether an exposure of this key would be suppressed by the log of the tab. */
export function isExposureLive(
  storage: { readonly [key: string]: string },
  key: Parameters<typeof exposureKey>[0],
  now: number,
): boolean {
  const text = exposureKey(key);
  return Object.hasOwn(storage, text) && read(storage[text] ?? '', now).state === 'live';
}

function read(value: string, now: number): Pick<ExposureEntry, 'state' | 'expires' | 'count' | 'nextTtl'> {
  let entry: Json;
  try {
    entry = JSON.parse(value) as Json;
  } catch {
    return { state: 'malformed', expires: null, count: null, nextTtl: EXPOSURE_TTL.short };
  }
  const expires = toNumber(at(entry, 'expires_at'));
  const count = entry === null ? 0 : toNumber(at(entry, 'count'));
  return {
    state: Number.isNaN(expires) ? 'malformed' : expires > now ? 'live' : 'expired',
    expires: Number.isNaN(expires) ? null : expires,
    count: Number.isNaN(count) ? null : count,
    nextTtl: count + 1 <= EXPOSURE_TTL.shortUpTo ? EXPOSURE_TTL.short : EXPOSURE_TTL.long,
  };
}
